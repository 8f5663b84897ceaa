//! Password-protected packages (MS-OFFCRYPTO): agile encryption, as Office has written since 2010, and standard
//! encryption, as Office 2007 did. Both wrap the whole package into a compound file.
//!
//! The password is checked against the file's verifier before anything is decrypted. An xls is encrypted record by
//! record, which `xls` undoes with the hashes and the password rules from here.

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::compound::Compound;
use super::limits::Limits;
use super::package::xml_failure;
use super::xml::{Scanner, Tag};
use crate::diagnostic::{Diagnostic, Failure};

/// Rounds of hashing taken at most. Office uses 100,000; the format allows ten million, which take too long.
const MAX_SPIN: u32 = 2_000_000;
const BLOCK: usize = 16;

/// Excel tries it before it asks: workbooks whose structure is protected are encrypted with it (MS-XLS 2.2.10).
const DEFAULT_PASSWORD: &str = "VelvetSweatshop";

/// Opens with the password given, and else with the one Excel tries by itself.
///
/// # Errors
///
/// `workbook-encrypted` where none is given and the default does not open it; else those of `open`.
pub(super) fn with_password<T>(given: Option<&str>, open: impl Fn(&str) -> Result<T, Failure>) -> Result<T, Failure> {
    let is_wrong = |failure: &Failure| failure.diagnostics.iter().any(|said| said.code == "password-wrong");
    let refused = match given.map(&open) {
        None => Diagnostic::error("workbook-encrypted").into(),
        Some(Err(failure)) if is_wrong(&failure) => failure,
        Some(done) => return done,
    };
    open(DEFAULT_PASSWORD).map_err(|failure| if is_wrong(&failure) { refused } else { failure })
}

pub(super) fn unknown(kind: impl Into<String>) -> Failure {
    Diagnostic::error("encryption-unknown").arg("kind", kind.into()).into()
}

pub(super) fn wrong_password() -> Failure {
    Diagnostic::error("password-wrong").into()
}

/// A password as the formats hash it: in UTF-16, lower bytes first.
pub(super) fn utf_16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Decrypts the package a compound file wraps.
///
/// # Errors
///
/// `workbook-encrypted`, `password-wrong`, `encryption-unknown`, `part-damaged`, `limit-part-bytes`.
pub(super) fn package(file: &Compound<'_>, password: Option<&str>, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let damaged =
        || Failure::from(Diagnostic::error("part-damaged").arg("part", "EncryptionInfo").arg("reason", "record"));
    let info = file.stream("EncryptionInfo").ok_or_else(damaged)?;
    let package = file.stream("EncryptedPackage").ok_or_else(damaged)?;
    if package.len() as u64 > limits.part_bytes {
        let limit = Diagnostic::error("limit-part-bytes").arg("part", "EncryptedPackage");
        return Err(limit.arg("limit", limits.part_bytes).into());
    }
    let (length, data) = package.split_first_chunk::<8>().ok_or_else(damaged)?;
    let mut plain = match info.get(..4).ok_or_else(damaged)? {
        [4, 0, 4, 0] => {
            let agile = Agile::read(info.get(8..).ok_or_else(damaged)?)?;
            with_password(password, |password| agile.decrypt(&utf_16(password), data))?
        }
        [2..=4, 0, 2, 0] => {
            let standard = Standard::read(&info).ok_or_else(damaged)??;
            with_password(password, |password| standard.decrypt(&utf_16(password), data))?
        }
        [major, _, minor, _] => return Err(unknown(format!("{major}.{minor}"))),
        _ => return Err(damaged()),
    };
    plain.truncate(usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX));
    Ok(plain)
}

/// The hash functions the formats name.
#[derive(Copy, Clone)]
pub(super) enum Hash {
    /// For xls only.
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Result<Self, Failure> {
        match name.replace('-', "").to_ascii_uppercase().as_str() {
            "SHA1" => Ok(Self::Sha1),
            "SHA256" => Ok(Self::Sha256),
            "SHA384" => Ok(Self::Sha384),
            "SHA512" => Ok(Self::Sha512),
            _ => Err(unknown(name)),
        }
    }

    pub(super) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hasher = D::new();
            parts.iter().for_each(|part| hasher.update(part));
            hasher.finalize().to_vec()
        }
        match self {
            Self::Md5 => digest::<Md5>(parts),
            Self::Sha1 => digest::<Sha1>(parts),
            Self::Sha256 => digest::<Sha256>(parts),
            Self::Sha384 => digest::<Sha384>(parts),
            Self::Sha512 => digest::<Sha512>(parts),
        }
    }

    /// Hashes salt and password, and the result again and again with the number of the round before it.
    fn spun(self, salt: &[u8], password: &[u8], rounds: u32) -> Vec<u8> {
        let first = self.of(&[salt, password]);
        (0..rounds).fold(first, |hash, round| self.of(&[&round.to_le_bytes(), &hash]))
    }
}

/// AES with a key of one of its three lengths.
enum Aes {
    K128(aes::Aes128),
    K192(aes::Aes192),
    K256(aes::Aes256),
}

impl Aes {
    fn new(key: &[u8]) -> Result<Self, Failure> {
        let wrong_length = || unknown(format!("AES-{}", key.len() * 8));
        match key.len() {
            16 => aes::Aes128::new_from_slice(key).map(Self::K128).map_err(|_| wrong_length()),
            24 => aes::Aes192::new_from_slice(key).map(Self::K192).map_err(|_| wrong_length()),
            32 => aes::Aes256::new_from_slice(key).map(Self::K256).map_err(|_| wrong_length()),
            _ => Err(wrong_length()),
        }
    }

    fn decrypt_block(&self, block: &mut [u8; BLOCK]) {
        let mut array = Array::from(*block);
        match self {
            Self::K128(aes) => aes.decrypt_block(&mut array),
            Self::K192(aes) => aes.decrypt_block(&mut array),
            Self::K256(aes) => aes.decrypt_block(&mut array),
        }
        *block = array.into();
    }

    /// Decrypts whole blocks, chained from a first one (CBC) or each for itself (ECB, no first block).
    fn decrypt(&self, data: &[u8], first: Option<[u8; BLOCK]>) -> Vec<u8> {
        let mut out = Vec::with_capacity(data.len());
        let mut before = first;
        for chunk in data.as_chunks::<BLOCK>().0 {
            let mut block = *chunk;
            self.decrypt_block(&mut block);
            if let Some(before) = &mut before {
                block.iter_mut().zip(&*before).for_each(|(byte, mask)| *byte ^= mask);
                *before = *chunk;
            }
            out.extend_from_slice(&block);
        }
        out
    }
}

/// Cuts bytes to a length, or pads them as the format says (2.3.4.11).
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0x36);
    bytes
}

fn first_block(bytes: Vec<u8>) -> [u8; BLOCK] {
    let fitted = fitted(bytes, BLOCK);
    fitted.try_into().unwrap_or([0; BLOCK])
}

/// How one key is made and used (2.3.4.10).
struct Parameters {
    salt: Vec<u8>,
    hash: Hash,
    key_len: usize,
}

impl Parameters {
    fn read(tag: &Tag<'_>) -> Result<Self, Failure> {
        let cipher = tag.raw("cipherAlgorithm").unwrap_or_default();
        let chaining = tag.raw("cipherChaining").unwrap_or_default();
        let block_len = tag.number::<usize>("blockSize");
        if cipher != "AES" || chaining != "ChainingModeCBC" || block_len != Some(BLOCK) {
            return Err(unknown(format!("{cipher} {chaining}")));
        }
        Ok(Self {
            salt: base64(tag.raw("saltValue").unwrap_or_default()),
            hash: Hash::named(tag.raw("hashAlgorithm").unwrap_or_default())?,
            key_len: tag.number::<usize>("keyBits").unwrap_or(0).min(512) / 8,
        })
    }
}

struct Agile {
    data: Parameters,
    key: Parameters,
    spin: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key_value: Vec<u8>,
}

impl Agile {
    fn read(xml: &[u8]) -> Result<Self, Failure> {
        let (text, _) = super::xml::decode(xml);
        let (mut data, mut key) = (None, None);
        let mut scanner = Scanner::new(&text);
        while let Some(tag) = scanner.next_tag().map_err(|error| xml_failure("EncryptionInfo", error))? {
            match tag.name {
                "keyData" => data = Some(Parameters::read(&tag)?),
                "encryptedKey" => key = Some((Parameters::read(&tag)?, tag)),
                _ => {}
            }
        }
        let (Some(data), Some((key, tag))) = (data, key) else { return Err(unknown("key encryptor")) };
        let bytes = |name| base64(tag.raw(name).unwrap_or_default());
        let spin = tag.number("spinCount").filter(|&spin| spin <= MAX_SPIN).ok_or_else(|| unknown("spinCount"))?;
        Ok(Self {
            data,
            key,
            spin,
            verifier: bytes("encryptedVerifierHashInput"),
            verifier_hash: bytes("encryptedVerifierHashValue"),
            key_value: bytes("encryptedKeyValue"),
        })
    }

    fn decrypt(&self, password: &[u8], data: &[u8]) -> Result<Vec<u8>, Failure> {
        /// What the hash is used for (2.3.4.13).
        const VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
        const VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
        const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
        let hash = self.key.hash;
        let spun = hash.spun(&self.key.salt, password, self.spin);
        let first = first_block(self.key.salt.clone());
        let open = |use_for: [u8; 8], sealed: &[u8]| -> Result<Vec<u8>, Failure> {
            let key = fitted(hash.of(&[&spun, &use_for]), self.key.key_len);
            Ok(Aes::new(&key)?.decrypt(sealed, Some(first)))
        };
        let expected = hash.of(&[&open(VERIFIER, &self.verifier)?]);
        if !open(VERIFIER_HASH, &self.verifier_hash)?.starts_with(&expected) {
            return Err(wrong_password());
        }
        let key = fitted(open(KEY, &self.key_value)?, self.data.key_len);
        Ok(self.segments(&Aes::new(&key)?, data))
    }

    /// The package is encrypted in segments, each chained from a block of its own (2.3.4.15).
    fn segments(&self, aes: &Aes, data: &[u8]) -> Vec<u8> {
        const SEGMENT: usize = 4096;
        let mut out = Vec::with_capacity(data.len());
        for (number, segment) in (0_u32..).zip(data.chunks(SEGMENT)) {
            let first = first_block(self.data.hash.of(&[&self.data.salt, &number.to_le_bytes()]));
            out.extend(aes.decrypt(segment, Some(first)));
        }
        out
    }
}

/// Standard encryption (2.3.4.5 to 2.3.4.9): AES and SHA-1.
struct Standard {
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key_len: usize,
}

impl Standard {
    /// `None` where the stream is too short.
    fn read(info: &[u8]) -> Option<Result<Self, Failure>> {
        const AES: [u32; 3] = [0x660E, 0x660F, 0x6610];
        let u32_at = |at: usize| Some(u32::from_le_bytes(info.get(at..at + 4)?.try_into().ok()?));
        let header_len = usize::try_from(u32_at(8)?).ok()?;
        let algorithm = u32_at(12 + 8)?;
        if !AES.contains(&algorithm) {
            return Some(Err(unknown(if algorithm == 0x6801 { "RC4".to_owned() } else { format!("{algorithm:X}") })));
        }
        let key_len = usize::try_from(u32_at(12 + 16)?).ok()? / 8;
        let verifier = info.get(12_usize.checked_add(header_len)?..)?;
        Some(Ok(Self {
            salt: verifier.get(4..20)?.to_vec(),
            verifier: verifier.get(20..36)?.to_vec(),
            verifier_hash: verifier.get(40..72)?.to_vec(),
            key_len,
        }))
    }

    fn decrypt(&self, password: &[u8], data: &[u8]) -> Result<Vec<u8>, Failure> {
        const ROUNDS: u32 = 50_000;
        let hash = Hash::Sha1;
        let spun = hash.spun(&self.salt, password, ROUNDS);
        let last = hash.of(&[&spun, &[0; 4]]);
        let masked = |mask: u8| {
            let mut block = [mask; 64];
            block.iter_mut().zip(&last).for_each(|(byte, part)| *byte ^= part);
            hash.of(&[&block])
        };
        let mut key = [masked(0x36), masked(0x5C)].concat();
        key.truncate(self.key_len);
        let aes = Aes::new(&key)?;
        let expected = hash.of(&[&aes.decrypt(&self.verifier, None)]);
        if !aes.decrypt(&self.verifier_hash, None).starts_with(&expected) {
            return Err(wrong_password());
        }
        Ok(aes.decrypt(data, None))
    }
}

/// Decodes base64 (RFC 4648); characters outside the alphabet are passed over.
fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_excel_tries_by_itself_is_tried_after_the_one_given() {
        let lock = |right: &'static str| move |tried: &str| if tried == right { Ok(()) } else { Err(wrong_password()) };
        let code =
            |given, right| with_password(given, lock(right)).map_err(|failure| failure.diagnostics[0].code.clone());
        assert_eq!((code(None, DEFAULT_PASSWORD), code(Some("a"), DEFAULT_PASSWORD)), (Ok(()), Ok(())));
        assert_eq!((code(Some("a"), "a"), code(Some("b"), "a")), (Ok(()), Err("password-wrong".into())));
        assert_eq!(code(None, "a"), Err("workbook-encrypted".into()));
        assert_eq!(with_password(None, |_| Err::<(), _>(unknown("x"))).unwrap_err(), unknown("x"));
    }

    #[test]
    fn base64_is_decoded() {
        for (text, bytes) in [("", b"".as_slice()), ("Zg==", b"f"), ("Zm8=", b"fo"), ("Zm9v YmFy\n", b"foobar")] {
            assert_eq!(base64(text), bytes);
        }
    }

    /// FIPS 197, appendix C.1; and a chained pair of blocks made of it.
    #[test]
    fn blocks_are_decrypted_alone_and_chained() {
        let key: Vec<u8> = (0..16).collect();
        let sealed = [0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5, 0x5A];
        let plain: Vec<u8> = (0..16).map(|number| number * 0x11).collect();
        let aes = Aes::new(&key).unwrap();
        assert_eq!(aes.decrypt(&sealed, None), plain);
        assert_eq!(aes.decrypt(&sealed, Some([0; BLOCK])), plain);
        let chained: Vec<u8> = plain.iter().zip(sealed).map(|(byte, mask)| byte ^ mask).collect();
        assert_eq!(aes.decrypt(&[sealed, sealed].concat(), Some([0; BLOCK])), [plain, chained].concat());
        assert!(Aes::new(&[0; 5]).is_err());
    }
}
