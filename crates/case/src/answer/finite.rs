//! No number of an answer is infinite or "not a number". JSON would write such a number as `null`, which here means "not
//! computed": the fault would pass for an honest gap. So every answer is walked before it is written.

use serde::ser::{self, Serialize};
use std::fmt::Display;
use thiserror::Error;

/// A number that is not finite, and where.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{path}: {found}")]
pub struct NotFinite {
    /// Path of the number, such as `.options[2].deaths.mean`.
    pub path: String,
    /// What stands there.
    pub found: String,
}

impl NotFinite {
    /// A fault of form rather than of a number.
    pub(crate) fn form(e: &dyn Display) -> Self {
        Self { path: String::new(), found: e.to_string() }
    }
}

impl ser::Error for NotFinite {
    fn custom<T: Display>(msg: T) -> Self {
        Self::form(&msg)
    }
}

/// Checks that every number is finite.
///
/// # Errors
/// [`NotFinite`] for the first number that is not.
pub fn check(value: &(impl Serialize + ?Sized)) -> Result<(), NotFinite> {
    value.serialize(&mut Walk { path: String::new() })
}

/// Walks over a value and remembers where it is; writes nothing.
struct Walk {
    path: String,
}

impl Walk {
    fn step(&mut self, name: &dyn Display, value: &(impl Serialize + ?Sized)) -> Result<(), NotFinite> {
        use std::fmt::Write as _;
        let length = self.path.len();
        let _ = write!(self.path, "{name}");
        value.serialize(&mut *self)?;
        self.path.truncate(length);
        Ok(())
    }

    fn float(&self, v: f64) -> Result<(), NotFinite> {
        if v.is_finite() {
            return Ok(());
        }
        Err(NotFinite { path: self.path.clone(), found: format!("{v} is not a finite number") })
    }
}

/// A list or a map on the way: counts elements, remembers the key.
struct Inside<'a> {
    walk: &'a mut Walk,
    index: usize,
}

impl Inside<'_> {
    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotFinite> {
        let i = self.index;
        self.index += 1;
        self.walk.step(&format_args!("[{i}]"), value)
    }
}

macro_rules! ignore {
    ($($name:ident: $t:ty),* $(,)?) => { $(fn $name(self, _: $t) -> Result<(), NotFinite> { Ok(()) })* };
}

impl<'a> ser::Serializer for &'a mut Walk {
    type Ok = ();
    type Error = NotFinite;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Inside<'a>;

    ignore! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_char: char,
        serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    }
    fn serialize_f32(self, v: f32) -> Result<(), NotFinite> {
        self.float(f64::from(v))
    }
    fn serialize_f64(self, v: f64) -> Result<(), NotFinite> {
        self.float(v)
    }
    fn serialize_none(self) -> Result<(), NotFinite> {
        Ok(())
    }
    fn serialize_unit(self) -> Result<(), NotFinite> {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, v: &T) -> Result<(), NotFinite> {
        v.serialize(self)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), NotFinite> {
        Ok(())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, v: &T) -> Result<(), NotFinite> {
        v.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        v: &T,
    ) -> Result<(), NotFinite> {
        v.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, NotFinite> {
        Ok(Inside { walk: self, index: 0 })
    }
}

macro_rules! list {
    ($($of:ident::$method:ident),*) => { $(impl ser::$of for Inside<'_> {
        type Ok = ();
        type Error = NotFinite;
        fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
            self.element(value)
        }
        fn end(self) -> Result<(), NotFinite> {
            Ok(())
        }
    })* };
}
list!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! fields {
    ($($of:ident),*) => { $(impl ser::$of for Inside<'_> {
        type Ok = ();
        type Error = NotFinite;
        fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), NotFinite> {
            self.walk.step(&format_args!(".{key}"), value)
        }
        fn end(self) -> Result<(), NotFinite> {
            Ok(())
        }
    })* };
}
fields!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = NotFinite;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), NotFinite> {
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
        self.element(value)
    }
    fn end(self) -> Result<(), NotFinite> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Answer as _, sample};

    #[test]
    fn a_number_that_is_none_is_named_by_its_path() {
        let mut a = sample::assess();
        assert_eq!(check(&a), Ok(()));
        a.options[1].deaths.as_mut().unwrap().mc_se = f64::NAN;
        assert_eq!(check(&a).unwrap_err().path, ".options[1].deaths.mc_se");
        assert!(a.to_json().is_err());
        let mut a = sample::assess();
        a.options[0].histogram[0].1 = f64::INFINITY;
        assert_eq!(check(&a).unwrap_err().path, ".options[0].histogram[0][1]");
        let mut a = sample::assess();
        a.loadline.gm_m = Some(crate::answer::Figure::Exact(f64::NEG_INFINITY));
        assert_eq!(check(&a).unwrap_err().path, ".loadline.gm_m");
    }
}
