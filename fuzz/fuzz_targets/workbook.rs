//! Any bytes as a workbook of any format: read, bound, imported and, where it is an xlsx, patched.
//!
//! Run it with cargo-fuzz (`cargo install cargo-fuzz`), a folder of workbooks as its seeds:
//!
//! ```text
//! cargo +nightly fuzz run workbook -- -rss_limit_mb=2048 -timeout=60 SEEDS
//! ```
//!
//! The format is told from the bytes, so one target covers them all; the name, which counts for texts only, goes by
//! the first byte. What it finds becomes a test in `tests/hostile/` or `tests/read_xlsx.rs`. Inside zips bits flipped
//! at random end at the checksum: `tests/fuzz_read.rs` mutates the parts instead, and needs no cargo-fuzz.

#![no_main]

#[path = "../../tests/whole_way/mod.rs"]
mod whole_way;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let name = if bytes.first().is_some_and(|byte| byte % 2 == 0) { "a.tsv" } else { "a.csv" };
    let _ = whole_way::go(bytes, name);
});
