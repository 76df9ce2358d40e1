//! What a file of fields holds, byte for byte, or the folder of a store: its length and its SHA-256.
//!
//! The digest of a folder is that of the list which `find . -type f | LC_ALL=C sort | xargs sha256sum` prints within it, so
//! that anybody can check it with tools at hand.

use plimsoll_case::answer::digest;
use std::fs::{File, metadata, read_dir};
use std::io::Result;
use std::path::{Path, PathBuf};

/// SHA-256, 64 hexadecimal digits; never more than a piece is in memory.
pub fn sha256(path: &Path) -> Result<String> {
    if !path.is_dir() {
        return digest::of_reader(File::open(path)?);
    }
    let mut list = String::new();
    for (name, file) in files(path)? {
        list.push_str(&format!("{}  ./{name}\n", digest::of_reader(File::open(file)?)?));
    }
    Ok(digest::of_bytes(list.as_bytes()))
}

/// Number of bytes, of a folder those of all its files.
pub fn bytes(path: &Path) -> Result<u64> {
    if !path.is_dir() {
        return Ok(metadata(path)?.len());
    }
    files(path)?.iter().map(|(_, file)| Ok(metadata(file)?.len())).sum()
}

/// Every file below a folder, in the order of the bytes of its name from there.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), folder.to_owned())];
    while let Some((above, folder)) = folders.pop() {
        for entry in read_dir(folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            let name = format!("{above}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() {
                folders.push((format!("{name}/"), path));
            } else if kind.is_file() {
                found.push((name, path));
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_names_and_contents() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("u")).unwrap();
        std::fs::write(folder.path().join("u/0.0"), "abc").unwrap();
        std::fs::write(folder.path().join("u.txt"), "").unwrap();
        // Within it: find . -type f | LC_ALL=C sort | xargs sha256sum | sha256sum
        let wanted = "b9294751e76c4e45a1fb48d9d2e0cd12a4b4250c84ace1c091c4267968c2c2f0";
        assert_eq!((sha256(folder.path()).unwrap().as_str(), bytes(folder.path()).unwrap()), (wanted, 3));
        std::fs::rename(folder.path().join("u/0.0"), folder.path().join("u/0.1")).unwrap();
        assert_ne!(sha256(folder.path()).unwrap(), wanted);
    }
}
