//! SHA-256 as our formats write it: what tells that a file, or a text, is still the same.

use sha2::{Digest, Sha256};

/// Hashes bytes with SHA-256: 64 lowercase hexadecimal digits.
///
/// ```
/// # use secref::text::hash::sha256_hex;
/// assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// ```
pub fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    sha256(bytes)
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xF])
        .map(|digit| DIGITS[usize::from(digit)] as char)
        .collect()
}

/// Hashes bytes with SHA-256: the bare 32 bytes, for formats that write them in another base.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), expected);
    }
}
