//! Makes the sample files of this folder: `cargo run --example make_samples -- samples`.
//!
//! Two editions of an invented provider's security reference in the overview layout, and the answers an invented bank
//! gave to the older one. The same bytes every time; no word of it comes from a publisher.

mod answers;
mod reference;
mod wording;

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "samples".to_owned());
    let folder = Path::new(&folder);
    std::fs::write(folder.join("reference-v9.xlsx"), reference::workbook(reference::Edition::V9)?)?;
    std::fs::write(folder.join("reference-v9r.xlsx"), reference::workbook(reference::Edition::V9Revised)?)?;
    std::fs::write(folder.join("answers-v9.csv"), answers::csv())?;
    Ok(())
}
