//! The digest of an answer: what it was asked, what it rests on and what it says, and nothing of when, where and how fast.
//!
//! SHA-256 of the RFC 8785 (canonical JSON) form of the answer without the members in [`LEFT_OUT`]. Because an answer holds
//! its inputs as understood, the constants with their values and the digests of the fields used, anybody can recompute its
//! digest from the file alone, with any RFC 8785 library and without this program.

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use thiserror::Error;

/// Members of the top level that the digest leaves out.
pub const LEFT_OUT: [&str; 3] = ["version", "digest", "timings"];

/// Digits that people are shown.
pub const SHOWN: usize = 12;

/// Why there is no digest.
#[derive(Debug, Error)]
pub enum DigestError {
    /// A number that JSON cannot hold.
    #[error(transparent)]
    NotFinite(#[from] super::finite::NotFinite),
    /// Not of a form that has a canonical one.
    #[error("no canonical JSON form: {0}")]
    Form(#[from] serde_json::Error),
}

/// The digest of an answer, 64 lower-case hexadecimal digits.
///
/// Integers beyond 2^53 have no exact form in RFC 8785; seeds are therefore kept below that.
///
/// # Errors
/// [`DigestError`] where a number is not finite or the answer has no canonical form.
pub fn of(answer: &impl Serialize) -> Result<String, DigestError> {
    super::finite::check(answer)?;
    let mut value = serde_json::to_value(answer)?;
    if let Some(top) = value.as_object_mut() {
        top.retain(|key, _| !LEFT_OUT.contains(&key.as_str()));
    }
    of_value(&value)
}

/// The digest of any JSON value, nothing left out.
///
/// # Errors
/// [`DigestError::Form`] where it has no canonical form.
pub fn of_value(value: &serde_json::Value) -> Result<String, DigestError> {
    Ok(of_bytes(&serde_jcs::to_vec(value)?))
}

/// SHA-256 of all that a reader gives, 64 lower-case hexadecimal digits; never more than a piece of it is in memory.
///
/// # Errors
/// What keeps it from being read.
pub fn of_reader(mut reader: impl std::io::Read) -> std::io::Result<String> {
    let mut sum = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match reader.read(&mut piece) {
            Ok(0) => return Ok(hexadecimal(&sum.finalize())),
            Ok(n) => sum.update(&piece[..n]),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
}

/// SHA-256 of bytes as they are, 64 lower-case hexadecimal digits.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The digits of a digest that people are shown.
#[must_use]
pub fn shown(digest: &str) -> &str {
    digest.get(..SHOWN).unwrap_or(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_has_the_digest_of_its_bytes() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|v| (v ^ v >> 5) as u8).collect();
        assert_eq!(of_reader(&bytes[..]).unwrap(), of_bytes(&bytes));
    }
    use crate::answer::sample;

    #[test]
    fn the_empty_object_has_its_known_hash() {
        // SHA-256 of the two bytes "{}".
        assert_eq!(
            of_value(&serde_json::json!({})).unwrap(),
            "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
    }

    #[test]
    fn canonical_form_sorts_keys_and_writes_numbers_as_ecmascript_does() {
        // The example of RFC 8785, section 3.2.2, numbers only.
        let v = serde_json::json!({ "b": [333_333_333.333_333_3, 1E30, 4.50, 2e-3, 1e-27], "a": 56.0 });
        let text = String::from_utf8(serde_jcs::to_vec(&v).unwrap()).unwrap();
        assert_eq!(text, r#"{"a":56,"b":[333333333.3333333,1e+30,4.5,0.002,1e-27]}"#);
    }

    #[test]
    fn the_digest_ignores_version_time_and_threads_and_nothing_else() {
        let a = sample::assess();
        let mut b = a.clone();
        b.version = "9.9.9".to_owned();
        b.digest = "x".to_owned();
        b.timings = Some(crate::answer::assess::Timings { wall_s: 3.0, threads: 7 });
        assert_eq!(of(&a).unwrap(), of(&b).unwrap());
        b.seed += 1;
        assert_ne!(of(&a).unwrap(), of(&b).unwrap());
        let mut c = a.clone();
        c.rests_on.constants[0].value = plimsoll_core::belief::Belief::Exact(1.25);
        assert_ne!(of(&a).unwrap(), of(&c).unwrap());
        let mut d = a.clone();
        if let Some(deaths) = d.options[0].deaths.as_mut() {
            deaths.mean += 1e-12;
        }
        assert_ne!(of(&a).unwrap(), of(&d).unwrap());
    }

    #[test]
    fn a_digest_can_be_recomputed_from_the_written_file() {
        use crate::answer::Answer as _;
        let a = sample::assess();
        let mut read: serde_json::Value = serde_json::from_str(&a.to_json().unwrap()).unwrap();
        read.as_object_mut().unwrap().retain(|k, _| !LEFT_OUT.contains(&k.as_str()));
        assert_eq!(of_value(&read).unwrap(), of(&a).unwrap());
    }
}
