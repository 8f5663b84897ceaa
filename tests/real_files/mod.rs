//! The folder of real files, which are no part of the project: where it is, and what is in it.

use std::path::{Path, PathBuf};

/// The folder, if it is there; says so if not.
pub(crate) fn folder() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("SECREF_DATA").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("not run: {} is not there", folder.display());
    None
}

/// Every file in the folder with one of these extensions, in order of name.
#[allow(dead_code, reason = "each test uses its part")]
pub(crate) fn with_extensions(extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = folder().map(|folder| under(&folder)).unwrap_or_default();
    files.retain(|path| path.extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known)));
    files
}

/// Every file below a folder, in order of name.
#[allow(dead_code, reason = "each test uses its part")]
pub(crate) fn under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// The tool that says whether Excel would open a file without repairing it, if it is there.
#[allow(dead_code, reason = "not every test that reads real files writes some")]
pub(crate) fn excel_opens() -> Option<PathBuf> {
    let tool = folder()?.parent()?.join("tools/excel_opens.py");
    tool.is_file().then_some(tool)
}
