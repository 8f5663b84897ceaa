//! What a decision about a difference is recognised by: the two texts it was made on.

use crate::catalog::{Item, ItemStatus};
use crate::text::hash::sha256_hex;

/// SHA-256 over both sides' keys and effective texts, each with its length in front so that none runs into the next.
pub(super) fn fingerprint(old: Option<&Item>, new: Option<&Item>, buffer: &mut Vec<u8>) -> String {
    buffer.clear();
    for item in [old, new] {
        let Some(item) = item else {
            buffer.push(0);
            continue;
        };
        buffer.push(1);
        write_text(item.key.sheet.as_deref().unwrap_or(""), buffer);
        write_text(&item.key.id, buffer);
        for value in item.values.iter().flatten() {
            write_text(&value.effective_text(), buffer);
        }
        buffer.push(u8::from(item.status == ItemStatus::Retired));
    }
    sha256_hex(buffer)
}

fn write_text(text: &str, buffer: &mut Vec<u8>) {
    buffer.extend_from_slice(&(text.len() as u64).to_le_bytes());
    buffer.extend_from_slice(text.as_bytes());
}
