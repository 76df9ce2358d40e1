//! Attributes of a variable, whatever the format.

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// One number or several.
    Numbers(Vec<f64>),
    /// The same, of a whole type: what a range of packed integers is written in tells what it is about.
    Integers(Vec<f64>),
}

/// Attributes by name, in the file's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes(pub Vec<(String, Value)>);

impl Attributes {
    fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// The text of that name; `None` also where it is blank.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(t) => Some(t.trim_matches(|c: char| c.is_whitespace() || c == '\0')).filter(|t| !t.is_empty()),
            Value::Numbers(_) | Value::Integers(_) => None,
        }
    }

    /// The numbers of that name.
    #[must_use]
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        match self.get(name)? {
            Value::Numbers(n) | Value::Integers(n) => Some(n),
            Value::Text(_) => None,
        }
    }

    /// Whether one of these names is there with numbers of a floating type.
    #[must_use]
    pub fn any_real(&self, names: &[&str]) -> bool {
        names.iter().any(|n| matches!(self.get(n), Some(Value::Numbers(_))))
    }

    /// The first number of that name, also where it was written as text.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)? {
            Value::Numbers(n) | Value::Integers(n) => n.first().copied(),
            Value::Text(t) => t.trim().parse().ok(),
        }
    }
}
