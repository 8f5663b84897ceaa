//! Compound files and BIFF records written byte by byte.

/// A sign in the allocation table: the chain ends here.
pub const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const TABLE: u32 = 0xFFFF_FFFD;
pub const SECTOR: usize = 512;

/// A compound file of streams. All are kept in whole sectors, so each must have 4,096 bytes at least.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let sectors_of = |length: usize| length.div_ceil(SECTOR).max(1);
    let data_sectors: usize = streams.iter().map(|(_, stream)| sectors_of(stream.len())).sum();
    let directory_sectors = (streams.len() + 1).div_ceil(4);
    let mut table_sectors = 1;
    while table_sectors * (SECTOR / 4) < table_sectors + directory_sectors + data_sectors {
        table_sectors += 1;
    }
    assert!(table_sectors <= 109, "a larger file needs a chain of tables");
    let mut table: Vec<u32> = vec![TABLE; table_sectors];
    let chain = |sectors: usize, table: &mut Vec<u32>| {
        let first = table.len() as u32;
        table.extend((1..sectors as u32).map(|step| first + step));
        table.push(END);
        first
    };
    let directory_at = chain(directory_sectors, &mut table);
    let mut directory = entry("Root Entry", 5, END, 0);
    let mut data = Vec::new();
    for (name, stream) in streams {
        let first = chain(sectors_of(stream.len()), &mut table);
        directory.extend(entry(name, 2, first, stream.len() as u32));
        data.extend_from_slice(stream);
        data.resize(data.len().next_multiple_of(SECTOR), 0);
    }
    directory.resize(directory_sectors * SECTOR, 0);
    table.resize(table_sectors * (SECTOR / 4), FREE);
    let mut header = vec![0; 76];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    for (at, number) in [(44, table_sectors as u32), (48, directory_at), (56, 4096), (60, END), (68, END)] {
        set(&mut header, at, number);
    }
    let listed = (0..109).map(|index| if index < table_sectors { index as u32 } else { FREE });
    header.extend(listed.flat_map(u32::to_le_bytes));
    let table = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, table, directory, data].concat()
}

/// Overwrites a number.
pub fn set(bytes: &mut [u8], at: usize, number: u32) {
    bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
}

fn entry(name: &str, kind: u8, start: u32, length: u32) -> Vec<u8> {
    let mut entry = vec![0; 128];
    let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry[..units.len()].copy_from_slice(&units);
    entry[64] = units.len() as u8 + 2;
    entry[66] = kind;
    entry[67] = 1;
    entry[68..80].fill(0xFF);
    set(&mut entry, 116, start);
    set(&mut entry, 120, length);
    entry
}

/// A record of a BIFF stream.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// A BIFF8 workbook of sheets with these records between their begin and end.
pub fn xls(sheets: &[Vec<u8>]) -> Vec<u8> {
    xls_with(&[], sheets)
}

/// The same, with records of the globals.
pub fn xls_with(globals: &[u8], sheets: &[Vec<u8>]) -> Vec<u8> {
    const TAB_LEN: usize = 4 + 8 + 2;
    let begin = record(0x0809, &[0, 6, 5, 0]);
    let mut position = begin.len() + globals.len() + sheets.len() * TAB_LEN + 4;
    let mut tabs = Vec::new();
    let mut bodies = Vec::new();
    assert!(sheets.len() <= 100, "a sheet is named by two digits");
    for (number, sheet) in sheets.iter().enumerate() {
        let name = format!("{number:02}");
        tabs.extend(record(0x0085, &[&(position as u32).to_le_bytes()[..], &[0, 0, 2, 0], name.as_bytes()].concat()));
        let body = [record(0x0809, &[0, 6, 0x10, 0]), sheet.clone(), record(0x000A, &[])].concat();
        position += body.len();
        bodies.extend(body);
    }
    let mut stream = [begin, globals.to_vec(), tabs, record(0x000A, &[]), bodies].concat();
    stream.resize(stream.len().max(4096), 0);
    compound(&[("Workbook", &stream)])
}

/// A cell with a number.
pub fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    let place: Vec<u8> = [row, column, 0].iter().flat_map(|part| part.to_le_bytes()).collect();
    record(0x0203, &[&place[..], &value.to_le_bytes()].concat())
}
