//! Writing answers: all files or none, each replaced whole, and standard output for one of them.

use crate::failure::Failure;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// What is to be written once all of it is known.
#[derive(Default)]
pub struct Outputs {
    files: Vec<(PathBuf, Vec<u8>)>,
    grown: Vec<Growing>,
    stdout: Vec<u8>,
}

impl Outputs {
    /// Adds text for standard output.
    pub fn print(&mut self, text: &str) {
        self.stdout.extend_from_slice(text.as_bytes());
    }

    /// Adds a file; `-` is standard output.
    pub fn file(&mut self, path: &Path, content: impl Into<Vec<u8>>) {
        if path == Path::new("-") {
            self.stdout.extend(content.into());
        } else {
            self.files.push((path.to_owned(), content.into()));
        }
    }

    /// Adds a file that has been written already, beside its place.
    pub fn grown(&mut self, file: Growing) {
        self.grown.push(file);
    }

    /// Writes everything: first each file beside its place, then standard output, then each file into its place.
    ///
    /// # Errors
    /// [`Failure::World`]; then no file has been created or changed.
    pub fn write(self) -> Result<(), Failure> {
        let written = self.files.iter().map(|(path, content)| Staged::new(path, content));
        let staged = written.chain(self.grown.into_iter().map(Growing::staged)).collect::<Result<Vec<_>, _>>()?;
        let mut out = std::io::stdout().lock();
        match out.write_all(&self.stdout).and_then(|()| out.flush()) {
            Ok(()) => {}
            // Whoever closed the pipe has read enough.
            Err(e) if e.kind() == ErrorKind::BrokenPipe => {}
            Err(e) => return Err(Failure::world("cannot write standard output", e)),
        }
        staged.into_iter().try_for_each(Staged::put)
    }
}

/// Refuses, before anything is computed, outputs that cannot be: the same file twice, the input, a folder that is not there.
pub fn check(outputs: &[&Path], inputs: &[PathBuf]) -> Result<(), Failure> {
    let real = |p: &Path| p.canonicalize().unwrap_or_else(|_| p.to_owned());
    for (i, path) in outputs.iter().enumerate() {
        if outputs[..i].iter().any(|p| p == path || (*p != Path::new("-") && real(p) == real(path))) {
            return Err(Failure::Usage(format!("two outputs cannot both go to {}", path.display())));
        }
        if *path == Path::new("-") {
            continue;
        }
        if inputs.iter().any(|i| real(i) == real(path)) {
            return Err(Failure::Usage(format!("{} is the input: it would be overwritten", path.display())));
        }
        if path.is_dir() {
            return Err(Failure::World(format!("cannot write {}: it is a folder; name a file in it", path.display())));
        }
        if !folder(path).is_dir() {
            let (file, folder) = (path.display(), folder(path).display());
            return Err(Failure::World(format!(
                "cannot write {file}: there is no folder {folder}; make it first, or name another"
            )));
        }
    }
    Ok(())
}

/// The folder of a file, `.` where none is named.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that is ready to be put into its place.
struct Staged {
    place: PathBuf,
    how: How,
}

enum How {
    /// Its content lies beside its place.
    Rename(Beside),
    /// A device or a pipe cannot be replaced: it is written to at the end.
    Stream(Vec<u8>),
}

/// A file beside its place; gone when this goes, unless it has been renamed.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        // Not there once it has been renamed; nothing more can be done about a leftover on a disk that fails.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Staged {
    fn new(path: &Path, content: &[u8]) -> Result<Self, Failure> {
        match Self::begin(path)? {
            (place, None) => Ok(Self { place, how: How::Stream(content.to_vec()) }),
            (place, Some((beside, mut file))) => {
                file.write_all(content).and_then(|()| file.sync_all()).map_err(|e| Failure::file("write", path, e))?;
                Ok(Self { place, how: How::Rename(beside) })
            }
        }
    }

    /// The place of `path`, and an empty file beside it; none where the place is no file that could be replaced.
    fn begin(path: &Path) -> Result<(PathBuf, Option<(Beside, File)>), Failure> {
        // A link stays a link: what it points to is replaced.
        let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let present = std::fs::metadata(&place).ok();
        if present.as_ref().is_some_and(|m| !m.is_file()) {
            return Ok((place, None));
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(place.file_name().unwrap_or_default());
        name.push(format!(".{}", std::process::id()));
        let fail = |e| Failure::file("write", path, e);
        let beside = folder(&place).join(name);
        let file = File::create_new(&beside).map_err(fail)?;
        let beside = Beside(beside);
        if let Some(m) = present {
            file.set_permissions(m.permissions()).map_err(fail)?;
        }
        Ok((place, Some((beside, file))))
    }

    fn put(self) -> Result<(), Failure> {
        let place = &self.place;
        match &self.how {
            How::Rename(beside) => std::fs::rename(&beside.0, place)
                // The rename itself must survive a loss of power.
                .and_then(|()| File::open(folder(place))?.sync_all())
                .map_err(|e| Failure::file("replace", place, e)),
            How::Stream(content) => File::options()
                .write(true)
                .open(place)
                .and_then(|mut f| f.write_all(content))
                .map_err(|e| Failure::file("write", place, e)),
        }
    }
}

/// A file that is written while the work goes on, and put into its place with all the others.
pub struct Growing {
    place: PathBuf,
    beside: Beside,
    file: BufWriter<File>,
}

impl Growing {
    /// An empty file beside `path`.
    pub fn new(path: &Path) -> Result<Self, Failure> {
        match Staged::begin(path)? {
            (place, Some((beside, file))) => Ok(Self { place, beside, file: BufWriter::new(file) }),
            (place, None) => Err(Failure::Usage(format!(
                "{} is no file: what grows while it is worked out must go into one",
                place.display()
            ))),
        }
    }

    /// Writes more of it.
    pub fn add(&mut self, text: &str) -> Result<(), Failure> {
        self.file.write_all(text.as_bytes()).map_err(|e| Failure::file("write", &self.place, e))
    }

    fn staged(self) -> Result<Staged, Failure> {
        let place = self.place;
        let whole = self.file.into_inner().map_err(std::io::IntoInnerError::into_error).and_then(|f| f.sync_all());
        whole.map_err(|e| Failure::file("write", &place, e))?;
        Ok(Staged { place, how: How::Rename(self.beside) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_or_none() {
        let home = tempfile::tempdir().unwrap();
        let (a, b) = (home.path().join("a"), home.path().join("missing/b"));
        std::fs::write(&a, "old").unwrap();
        let mut outputs = Outputs::default();
        outputs.file(&a, "new");
        outputs.file(&b, "new");
        assert!(matches!(outputs.write(), Err(Failure::World(_))));
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "old");
        assert_eq!(names(home.path()), ["a"]);

        let mut outputs = Outputs::default();
        outputs.file(&a, "new");
        outputs.write().unwrap();
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "new");
        assert_eq!(names(home.path()), ["a"]);
    }

    #[test]
    fn links_and_devices_stay_what_they_are() {
        let home = tempfile::tempdir().unwrap();
        let (file, link) = (home.path().join("file"), home.path().join("link"));
        std::fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut outputs = Outputs::default();
        outputs.file(&link, "new");
        outputs.file(Path::new("/dev/null"), "new");
        outputs.write().unwrap();
        assert!(link.is_symlink() && !Path::new("/dev/null").is_file());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");
    }

    #[test]
    fn impossible_outputs_are_refused_first() {
        let home = tempfile::tempdir().unwrap();
        let a = home.path().join("a");
        std::fs::write(&a, "input").unwrap();
        assert_eq!(check(&[&a, &a], &[]).unwrap_err().code(), 2);
        assert_eq!(check(&[&a], std::slice::from_ref(&a)).unwrap_err().code(), 2);
        assert_eq!(check(&[home.path()], &[]).unwrap_err().code(), 4);
        assert_eq!(check(&[&home.path().join("no/b")], &[]).unwrap_err().code(), 4);
        assert!(check(&[&a, Path::new("-")], &[]).is_ok());
    }
}
