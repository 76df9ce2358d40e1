//! `PLIMSOLL_SIMD`: which code path to use. The answer does not depend on it.

use crate::failure::Failure;
use plimsoll_boat::simd::Path;

/// The path that the environment asks for, or the best that this machine has.
pub fn path() -> Result<Path, Failure> {
    match std::env::var("PLIMSOLL_SIMD") {
        Ok(name) => named(&name),
        Err(std::env::VarError::NotPresent) => Ok(Path::detect()),
        Err(e) => Err(Failure::Usage(format!("PLIMSOLL_SIMD: {e}"))),
    }
}

fn named(name: &str) -> Result<Path, Failure> {
    match Path::from_name(name) {
        Some(path) if path.is_available() => Ok(path),
        Some(_) => Err(Failure::Usage(format!("PLIMSOLL_SIMD={name}: this processor has no {name}"))),
        None => Err(Failure::Usage(format!("PLIMSOLL_SIMD={name}: must be `scalar` or `avx2`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        assert_eq!(named("scalar").unwrap(), Path::Scalar);
        assert_eq!(named("avx512").unwrap_err().code(), 2);
    }
}
