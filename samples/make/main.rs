//! Makes the sample files of this folder: `cargo run --example make_samples -- samples`.
//!
//! Two editions of an invented provider's security reference in the overview layout, and the answers an invented bank
//! gave to the older one; and the workbook of every description in `samples/layouts`. The same bytes every time; no word
//! of it comes from a publisher.

mod answers;
mod describe;
mod reference;
mod wording;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "samples".to_owned());
    let folder = Path::new(&folder);
    std::fs::write(folder.join("reference-v9.xlsx"), reference::workbook(reference::Edition::V9)?)?;
    std::fs::write(folder.join("reference-v9r.xlsx"), reference::workbook(reference::Edition::V9Revised)?)?;
    std::fs::write(folder.join("answers-v9.csv"), answers::csv())?;
    layouts(&folder.join("layouts"))
}

/// Writes the workbook of every description.
fn layouts(folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let descriptions = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/layouts");
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(descriptions)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "txt") {
            let bytes = describe::workbook(&std::fs::read_to_string(&path)?)?;
            let name = path.with_extension("xlsx");
            std::fs::write(folder.join(name.file_name().unwrap_or_default()), bytes)?;
        }
    }
    Ok(())
}
