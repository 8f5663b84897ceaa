//! Encrypted streams (MS-XLS 2.2.10): RC4 as Excel 97 wrote it, RC4 with the keys of CryptoAPI as Excel 2002 to 2007
//! could, and the XOR obfuscation of Excel 95.
//!
//! Only the data of records is encrypted, their kinds and lengths are not; the cipher counts the bytes it passes over.

use rc4::{KeyInit, Rc4, StreamCipher};

use super::damaged;
use super::record::{Record, Records};
use crate::diagnostic::Failure;
use crate::workbook::decrypt::{Hash, unknown, utf_16, with_password, wrong_password};

/// Kinds of records (MS-XLS 2.3.2).
mod kind {
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const BOF: u16 = 0x0809;
    /// Records that are never encrypted: BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
    pub(super) const IN_CLEAR: [u16; 7] = [BOF, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];
}

/// A stream in clear: as it is where nothing encrypts it.
///
/// # Errors
///
/// `workbook-encrypted`, `password-wrong`, `encryption-unknown`, `part-damaged`.
pub(super) fn decrypted(mut stream: Vec<u8>, password: Option<&str>) -> Result<Vec<u8>, Failure> {
    let mut records = Records::new(&stream);
    let mut globals = records.by_ref().take_while(|record| record.kind != kind::EOF);
    let Some(file_pass) = globals.find(|record| record.kind == kind::FILE_PASS) else { return Ok(stream) };
    let sealed = Sealed::read(file_pass).ok_or_else(|| damaged("record"))??;
    let mut cipher = with_password(password, |password| sealed.open(password))?;
    let start = records.position;
    decrypt(&mut stream, start, &mut cipher);
    Ok(stream)
}

fn decrypt(stream: &mut [u8], start: usize, cipher: &mut Cipher) {
    let mut at = start;
    while let Some(&[kind_low, kind_high, length_low, length_high]) = stream.get(at..at + 4) {
        let length = usize::from(u16::from_le_bytes([length_low, length_high]));
        let first = at + 4;
        let end = (first + length).min(stream.len());
        let in_clear = match u16::from_le_bytes([kind_low, kind_high]) {
            kind if kind::IN_CLEAR.contains(&kind) => length,
            // Where a sheet begins.
            kind::BOUND_SHEET => length.min(4),
            _ => 0,
        };
        let start = (first + in_clear).min(end);
        for (place, byte) in (start..).zip(&mut stream[start..end]) {
            *byte = cipher.clear(*byte, place, length);
        }
        at = end;
    }
}

/// What the FilePass record says, before a password is tried (2.4.117).
enum Sealed {
    /// The salt decides with the password what a block's key is made of.
    Rc4 {
        scheme: Scheme,
        salt: [u8; 16],
        verifier: Vec<u8>,
    },
    Xor {
        key: [u8; 2],
        verifier: u16,
    },
}

/// How the keys of RC4 are made (MS-OFFCRYPTO 2.3.5.2 and 2.3.6.2).
#[derive(Copy, Clone)]
enum Scheme {
    Excel97,
    CryptoApi { key_len: usize },
}

impl Sealed {
    /// `None` where the record is too short.
    fn read(mut record: Record<'_>) -> Option<Result<Self, Failure>> {
        const BIFF5_LENGTH: usize = 4;
        const XOR: u16 = 0;
        if record.rest.len() == BIFF5_LENGTH || record.u16()? == XOR {
            let key = record.take(2)?.try_into().ok()?;
            return Some(Ok(Self::Xor { key, verifier: record.u16()? }));
        }
        let (scheme, salt, verifier) = match (record.u16()?, record.u16()?) {
            (1, 1) => (Scheme::Excel97, record.take(16)?, record.take(32)?.to_vec()),
            (2..=4, 2) => {
                record.u32()?;
                let header_len = usize::try_from(record.u32()?).ok()?;
                let header = record.take(header_len)?;
                let scheme = match crypto_api(Record { kind: record.kind, rest: header })? {
                    Ok(scheme) => scheme,
                    Err(failure) => return Some(Err(failure)),
                };
                record.u32()?;
                let (salt, verifier) = (record.take(16)?, record.take(16)?);
                record.u32()?;
                (scheme, salt, [verifier, record.take(20)?].concat())
            }
            (major, minor) => return Some(Err(unknown(format!("{major}.{minor}")))),
        };
        Some(Ok(Self::Rc4 { scheme, salt: salt.try_into().ok()?, verifier }))
    }

    fn open(&self, password: &str) -> Result<Cipher, Failure> {
        let (cipher, is_right) = match self {
            Self::Xor { key, verifier } => {
                let password = one_byte_each(password);
                (Cipher::Xor(xor_array(&password, *key)), xor_verifier(&password) == *verifier)
            }
            Self::Rc4 { scheme, salt, verifier } => {
                let cipher = Blocks::new(*scheme, salt, &utf_16(password));
                let mut verifier = verifier.clone();
                cipher.rc4(0).apply_keystream(&mut verifier);
                let (input, hash) = verifier.split_at(16);
                let is_right = cipher.hash().of(&[input]) == hash;
                (Cipher::Rc4(Box::new(cipher)), is_right)
            }
        };
        if is_right { Ok(cipher) } else { Err(wrong_password()) }
    }
}

/// The header of encryption by CryptoAPI (MS-OFFCRYPTO 2.3.2).
fn crypto_api(mut header: Record<'_>) -> Option<Result<Scheme, Failure>> {
    const RC4: u32 = 0x6801;
    header.take(8)?;
    let algorithm = header.u32()?;
    header.u32()?;
    let key_bits = match header.u32()? {
        0 => 40,
        bits => bits,
    };
    let key_len = key_bits as usize / 8;
    let is_known = algorithm == RC4 && (5..=16).contains(&key_len);
    Some(if is_known { Ok(Scheme::CryptoApi { key_len }) } else { Err(unknown(format!("{algorithm:X}, {key_bits}"))) })
}

enum Cipher {
    Rc4(Box<Blocks>),
    Xor([u8; 16]),
}

impl Cipher {
    /// The byte in clear at a place of the stream, in a record with so many bytes of data.
    fn clear(&mut self, byte: u8, place: usize, length: usize) -> u8 {
        match self {
            Self::Rc4(blocks) => byte ^ blocks.key_byte(place),
            Self::Xor(array) => (byte ^ array[(place + length) % array.len()]).rotate_right(5),
        }
    }
}

/// The stream of key bytes, which starts anew with another key at every block.
struct Blocks {
    scheme: Scheme,
    secret: Vec<u8>,
    block: u32,
    key_bytes: [u8; BLOCK],
}

const BLOCK: usize = 1024;

impl Blocks {
    fn new(scheme: Scheme, salt: &[u8], password: &[u8]) -> Self {
        let secret = match scheme {
            Scheme::CryptoApi { .. } => Hash::Sha1.of(&[salt, password]),
            Scheme::Excel97 => {
                let start = truncated(Hash::Md5.of(&[password]));
                truncated(Hash::Md5.of(&[&[start.as_slice(), salt].concat().repeat(16)]))
            }
        };
        let mut blocks = Self { scheme, secret, block: 0, key_bytes: [0; BLOCK] };
        blocks.fill(0);
        blocks
    }

    fn hash(&self) -> Hash {
        match self.scheme {
            Scheme::Excel97 => Hash::Md5,
            Scheme::CryptoApi { .. } => Hash::Sha1,
        }
    }

    fn rc4(&self, block: u32) -> Rc4 {
        let mut key = self.hash().of(&[&self.secret, &block.to_le_bytes()]);
        if let Scheme::CryptoApi { key_len } = self.scheme {
            key.truncate(key_len);
            // A key of 40 bits is one of 128 whose other bits are zero.
            key.resize(if key_len == 5 { 16 } else { key_len }, 0);
        }
        Rc4::new_from_slice(&key).expect("a key of 5 to 16 bytes is none too long")
    }

    fn fill(&mut self, block: u32) {
        self.key_bytes.fill(0);
        self.rc4(block).apply_keystream(&mut self.key_bytes);
        self.block = block;
    }

    fn key_byte(&mut self, place: usize) -> u8 {
        let block = (place / BLOCK) as u32;
        if block != self.block {
            self.fill(block);
        }
        self.key_bytes[place % BLOCK]
    }
}

fn truncated(mut hash: Vec<u8>) -> Vec<u8> {
    hash.truncate(5);
    hash
}

/// Fifteen characters at most, each as its lower byte (the upper one where that is zero).
fn one_byte_each(password: &str) -> Vec<u8> {
    let byte = |unit: u16| if unit & 0xFF == 0 { (unit >> 8) as u8 } else { unit as u8 };
    password.encode_utf16().map(byte).take(15).collect()
}

/// MS-OFFCRYPTO 2.3.7.1.
fn xor_verifier(password: &[u8]) -> u16 {
    let length = password.len() as u8;
    let turned = |hash: u16| hash >> 14 & 1 | hash << 1 & 0x7FFF;
    let hash = password.iter().rev().fold(0, |hash, &byte| turned(hash ^ u16::from(byte)));
    hash ^ u16::from(length) ^ 0xCE4B
}

/// MS-OFFCRYPTO 2.3.7.2; the key, made of the password, is in the file.
fn xor_array(password: &[u8], key: [u8; 2]) -> [u8; 16] {
    const FILLING: [u8; 15] =
        [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];
    let filled = password.iter().chain(&FILLING).zip(key.iter().cycle());
    let mut array = [0; 16];
    array.iter_mut().zip(filled).for_each(|(place, (byte, key))| *place = (byte ^ key).rotate_right(1));
    array
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
    }

    const SALT: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    fn crypto_api(key_bits: u32, verifier: &str) -> Vec<u8> {
        let header: Vec<u8> =
            [4, 0, 0x6801, 0x8004, key_bits, 1, 0, 0, 0].iter().flat_map(|number: &u32| number.to_le_bytes()).collect();
        let verifier = bytes(verifier);
        let (input, hash) = verifier.split_at(16);
        let numbers = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let lengths = numbers(&[4, 36]);
        let parts: [&[u8]; 8] =
            [&[1, 0, 2, 0, 2, 0], &lengths, &header, &numbers(&[16]), &SALT, input, &numbers(&[20]), hash];
        parts.concat()
    }

    /// What FilePass says for the passwords beside it. The verifiers were worked out and confirmed with other programs.
    fn ways() -> Vec<(&'static str, Vec<u8>)> {
        let excel_97 = bytes("d57fa69695a7bd7850d3a8cb80b8d7f10a9d3a1555517b6887553965c613c050");
        let strong = "4f5bd48acc39dca1aa94ff92d084d6bf3be4e6ec12836dad14b1e8271af97e909a979704";
        let weak = "ffc6d491c4524a362977fcdee4fb63db08552ece91f7b1cb313c5ed11812bdad72862993";
        vec![
            ("合言葉1", [&[1, 0, 1, 0, 1, 0], SALT.as_slice(), &excel_97].concat()),
            ("合言葉1", crypto_api(128, strong)),
            ("合言葉1", crypto_api(40, weak)),
            ("abc", vec![0, 0, 0x4A, 0x51, 0x1A, 0xCC]),
            ("abc", vec![0x4A, 0x51, 0x1A, 0xCC]),
        ]
    }

    /// Encrypts what the cipher decrypts.
    fn sealed(data: &[u8], place: usize, cipher: &mut Cipher) -> Vec<u8> {
        let seal = |(place, &byte): (usize, &u8)| match cipher {
            Cipher::Rc4(_) => cipher.clear(byte, place, data.len()),
            Cipher::Xor(array) => byte.rotate_left(5) ^ array[(place + data.len()) % array.len()],
        };
        (place..).zip(data).map(seal).collect()
    }

    #[test]
    fn streams_of_every_way_are_decrypted() {
        for (password, file_pass) in ways() {
            let head = [record(kind::BOF, &[0, 6, 5, 0]), record(kind::FILE_PASS, &file_pass)].concat();
            let text: Vec<u8> = (0..3000).map(|number| (number % 251) as u8).collect();
            let rest = [record(0x00FC, &text), record(kind::BOUND_SHEET, b"abcdefgh"), record(kind::EOF, &[])].concat();
            let plain = [head.clone(), rest].concat();
            let record = Record { kind: kind::FILE_PASS, rest: &file_pass };
            let mut cipher = Sealed::read(record).unwrap().unwrap().open(password).unwrap();
            let mut secret = plain.clone();
            let (strings, sheet) = (head.len() + 4, head.len() + 4 + text.len() + 4);
            secret.splice(strings..sheet - 4, sealed(&text, strings, &mut cipher));
            // The cipher passes over the place of the sheet, which is in clear.
            let name = sealed(b"abcdefgh", sheet, &mut cipher);
            secret.splice(sheet + 4..sheet + 8, name[4..].iter().copied());
            assert!(secret != plain);
            assert!(decrypted(secret.clone(), Some(password)).unwrap() == plain, "{file_pass:?}");

            let said = |password| decrypted(secret.clone(), password).unwrap_err().diagnostics[0].code.clone();
            assert_eq!((said(Some("違う")), said(None)), ("password-wrong".into(), "workbook-encrypted".into()));
        }
    }

    #[test]
    fn a_way_that_is_not_known_or_cut_off_is_said() {
        let said = |file_pass: &[u8]| {
            let stream = [record(kind::BOF, &[0, 6, 5, 0]), record(kind::FILE_PASS, file_pass)].concat();
            decrypted(stream, Some("abc")).map_err(|failure| failure.diagnostics[0].code.to_string())
        };
        assert_eq!(said(&[1, 0, 9, 0, 9, 0]).unwrap_err(), "encryption-unknown");
        assert_eq!(said(&crypto_api(4096, &"00".repeat(36))).unwrap_err(), "encryption-unknown");
        for (_, file_pass) in ways() {
            for length in (0..file_pass.len()).filter(|&length| length != 4) {
                assert_eq!(said(&file_pass[..length]).unwrap_err(), "part-damaged", "{file_pass:?} to {length}");
            }
        }
    }

    #[test]
    fn bytes_of_xor_come_from_password_and_key() {
        assert_eq!((xor_verifier(b"abc"), one_byte_each("aあ")), (0xCC1A, vec![b'a', 0x42]));
        assert_eq!(xor_array(b"abc", [0x4A, 0x51]).to_vec(), bytes("95999475da577857da7465a87a2f2577"));
    }
}
