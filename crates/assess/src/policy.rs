//! The rules by which options are ordered and verdicts given. They are choices that an authority may make otherwise; what they
//! change is listed in the answer.

use plimsoll_case::answer::OptionId;
use plimsoll_case::answer::assess::{PolicyChange, PolicyValue};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use toml::de::{DeTable, DeValue};

/// The default, as a file.
pub const DEFAULT: &str = include_str!("../policy.toml");
/// No policy file is longer.
pub const MAX_BYTES: usize = 1 << 16;

/// What a value may be.
enum Kind {
    /// A number from the first to the second.
    Number(f64, f64),
    /// On or off.
    Switch,
}

const KEYS: [(&str, Kind); 7] = [
    ("margin.deaths", Kind::Number(0.0, 150.0)),
    ("margin.share", Kind::Number(0.0, 10.0)),
    ("rules.contact_excess_q95", Kind::Number(0.0, 150.0)),
    ("rules.contact_only_assessed", Kind::Switch),
    ("rules.in_water_rescue_only", Kind::Switch),
    ("rules.worst_tenth", Kind::Switch),
    ("rules.dominance_share", Kind::Number(0.5, 1.0)),
];

static IN_FORCE: LazyLock<Policy> =
    LazyLock::new(|| Policy::read(DEFAULT, BTreeMap::new()).unwrap_or_else(|e| panic!("policy.toml: {e:?}")));

/// Why a policy file is refused: what, where and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub help: String,
    /// Where, bytes of the text.
    pub span: Range<usize>,
}

/// A policy: a value for each key.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    values: BTreeMap<&'static str, PolicyValue>,
}

impl Default for Policy {
    fn default() -> Self {
        IN_FORCE.clone()
    }
}

/// What is known of an option when it is given its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Expected deaths; `None` where no number may be given.
    pub mean: Option<f64>,
    /// By force or contact.
    pub contact: bool,
    /// Neither extrapolated nor beyond any number.
    pub assessed: bool,
    /// 95 % quantile over knowledge of the expected deaths beyond those of standing off.
    pub excess_q95: Option<f64>,
}

/// A rule that moved an option: which rule, which option, and the figure that it is about.
pub type Moved = (&'static str, usize, Option<f64>);

impl Policy {
    /// Reads a policy file. What it does not state is as by default.
    ///
    /// # Errors
    /// Every fault with its place: text that is no TOML, a key that does not exist, a value that cannot be.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        Self::read(text, IN_FORCE.values.clone())
    }

    fn read(text: &str, mut values: BTreeMap<&'static str, PolicyValue>) -> Result<Self, Vec<Fault>> {
        let table = DeTable::parse(text).map_err(|e| {
            vec![Fault {
                what: e.message().to_owned(),
                help: "a policy file is TOML, such as `[margin]` and below it `deaths = 0.005`".to_owned(),
                span: e.span().unwrap_or(0..0),
            }]
        })?;
        let mut faults = Vec::new();
        for (section, inner) in table.get_ref() {
            let name = section.get_ref();
            let known = KEYS.iter().any(|(k, _)| k.split_once('.').is_some_and(|(s, _)| s == name.as_ref()));
            match inner.get_ref() {
                DeValue::Table(inner) if known => {
                    for (key, value) in inner {
                        match one(&format!("{name}.{}", key.get_ref()), value.get_ref()) {
                            Ok((key, v)) => {
                                values.insert(key, v);
                            }
                            Err((what, help)) => {
                                let span = if help.starts_with("keys") { key.span() } else { value.span() };
                                faults.push(Fault { what, help, span });
                            }
                        }
                    }
                }
                _ => faults.push(unknown(name, section.span())),
            }
        }
        if faults.is_empty() { Ok(Self { values }) } else { Err(faults) }
    }

    fn number(&self, key: &str) -> f64 {
        match self.values[key] {
            PolicyValue::Number(x) => x,
            PolicyValue::Switch(on) => f64::from(u8::from(on)),
        }
    }

    fn on(&self, key: &str) -> bool {
        self.number(key) > 0.0
    }

    /// The practical margin beside that mean of standing off, deaths: a smaller difference decides nothing.
    #[must_use]
    pub fn margin(&self, stand_off_mean: f64) -> f64 {
        self.number("margin.deaths").max(self.number("margin.share") * stand_off_mean)
    }

    /// Share of the outer draws that makes a dominance.
    #[must_use]
    pub fn dominance_share(&self) -> f64 {
        self.number("rules.dominance_share")
    }

    /// Whether a verdict on the mean is withheld where the worst tenth says the opposite.
    #[must_use]
    pub fn heeds_worst_tenth(&self) -> bool {
        self.on("rules.worst_tenth")
    }

    /// Whether that option is not compared while people are in the water.
    #[must_use]
    pub fn withholds(&self, id: OptionId, in_water: bool) -> bool {
        in_water && self.on("rules.in_water_rescue_only") && !matches!(id, OptionId::StandOff | OptionId::TakeOff)
    }

    /// Every value that differs from the default.
    #[must_use]
    pub fn changed(&self) -> Vec<PolicyChange> {
        let differs = |(key, value): (&&'static str, &PolicyValue)| {
            let default = IN_FORCE.values[key];
            (default != *value).then(|| PolicyChange { key: (*key).to_owned(), default, value: *value })
        };
        self.values.iter().filter_map(differs).collect()
    }

    /// The order in which options stand: fewest expected deaths first, those without a number last as they came. An option by force
    /// or contact that a rule keeps from the first place stands behind the first one that no rule keeps from it.
    #[must_use]
    pub fn order(&self, all: &[Standing]) -> (Vec<usize>, Vec<Moved>) {
        let mut places: Vec<usize> = (0..all.len()).collect();
        let mean = |i: &usize| all[*i].mean.unwrap_or(f64::INFINITY);
        places.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
        let barred = |i: usize| self.bars(&all[i]);
        let Some(first) = places.iter().position(|i| all[*i].mean.is_some() && barred(*i).is_none()) else {
            return (places, vec![]);
        };
        let moved = places[..first].iter().filter_map(|i| barred(*i).map(|(rule, figure)| (rule, *i, figure)));
        let moved: Vec<Moved> = moved.collect();
        places[..=first].rotate_right(1);
        (places, moved)
    }

    /// The rule that keeps an option from the first place.
    fn bars(&self, s: &Standing) -> Option<(&'static str, Option<f64>)> {
        let limit = self.number("rules.contact_excess_q95");
        if !s.contact {
            None
        } else if self.on("rules.contact_only_assessed") && !s.assessed {
            Some(("contact_only_assessed", None))
        } else {
            // what has no quantile cannot be shown to keep within it
            s.excess_q95.is_none_or(|q| q > limit).then_some(("contact_excess_q95", s.excess_q95))
        }
    }
}

/// One key and its value, or what is wrong and how to mend it.
fn one(path: &str, value: &DeValue<'_>) -> Result<(&'static str, PolicyValue), (String, String)> {
    let Some((key, kind)) = KEYS.iter().find(|(k, _)| *k == path) else {
        let f = unknown(path, 0..0);
        return Err((f.what, f.help));
    };
    match (kind, value) {
        (Kind::Switch, DeValue::Boolean(on)) => Ok((key, PolicyValue::Switch(*on))),
        (Kind::Switch, _) => Err((format!("{path} is neither true nor false"), "write true or false".to_owned())),
        (Kind::Number(low, high), _) => {
            let x = match value {
                DeValue::Integer(n) => n.to_string().parse().ok(),
                DeValue::Float(x) => x.to_string().parse::<f64>().ok(),
                _ => None,
            };
            let within = x.filter(|x| (*low..=*high).contains(x));
            let help = format!("write a number from {low} to {high}");
            within.map(|x| (*key, PolicyValue::Number(x))).ok_or((format!("{path} cannot be that"), help))
        }
    }
}

fn unknown(path: &str, span: Range<usize>) -> Fault {
    let keys: Vec<&str> = KEYS.iter().map(|(k, _)| *k).collect();
    Fault { what: format!("a policy has no {path}"), help: format!("keys are {}", keys.join(", ")), span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(mean: f64, contact: bool, excess_q95: f64) -> Standing {
        Standing { mean: Some(mean), contact, assessed: true, excess_q95: Some(excess_q95) }
    }

    #[test]
    fn the_default_has_every_key_and_the_margins_as_published() {
        let p = Policy::default();
        assert_eq!(p.values.len(), KEYS.len());
        assert!(p.changed().is_empty());
        assert_eq!((p.margin(0.01), p.margin(1.0)), (0.005, 0.2));
    }

    #[test]
    fn what_differs_is_listed_and_nothing_else() {
        let p = Policy::parse("[margin]\ndeaths = 0.01\nshare = 0.2\n[rules]\nworst_tenth = false\n").unwrap();
        let changed = p.changed();
        assert_eq!(changed.len(), 2);
        assert_eq!(changed[0].key, "margin.deaths");
        assert_eq!((changed[0].default, changed[0].value), (PolicyValue::Number(0.005), PolicyValue::Number(0.01)));
        assert_eq!((changed[1].key.as_str(), changed[1].value), ("rules.worst_tenth", PolicyValue::Switch(false)));
        assert!(!p.heeds_worst_tenth());
    }

    #[test]
    fn what_cannot_be_is_refused_at_its_place() {
        let text = "[margin]\nfloor = 1\nshare = -1\ndeaths = nan\n[rules]\nworst_tenth = 3\n[more]\n";
        let faults = Policy::parse(text).unwrap_err();
        let places: Vec<&str> = faults.iter().map(|f| &text[f.span.clone()]).collect();
        assert_eq!(places.len(), 5, "{faults:?}");
        for place in ["floor", "-1", "nan", "3", "more"] {
            assert!(places.contains(&place), "{place} {faults:?}");
        }
        assert!(faults.iter().all(|f| !f.help.is_empty()));
        assert_eq!(Policy::parse("[margin").unwrap_err().len(), 1);
        assert_eq!(Policy::parse("margin = 3").unwrap_err().len(), 1);
    }

    #[test]
    fn contact_stands_first_only_where_it_may() {
        let p = Policy::default();
        let (safe, off) = (standing(0.01, true, 0.04), standing(0.02, false, 0.0));
        assert_eq!(p.order(&[off, safe]), (vec![1, 0], vec![]));
        let risky = standing(0.01, true, 0.06);
        assert_eq!(p.order(&[risky, off]), (vec![1, 0], vec![("contact_excess_q95", 0, Some(0.06))]));
        let unseen = Standing { assessed: false, ..safe };
        assert_eq!(p.order(&[unseen, off]), (vec![1, 0], vec![("contact_only_assessed", 0, None)]));
        let free = Policy::parse("[rules]\ncontact_excess_q95 = 0.1\ncontact_only_assessed = false").unwrap();
        assert_eq!(free.order(&[off, risky]).0, [1, 0]);
        assert_eq!(free.order(&[off, unseen]).0, [1, 0]);
    }

    #[test]
    fn what_has_no_number_is_last_and_rescue_is_never_moved() {
        let p = Policy::default();
        let none = Standing { mean: None, excess_q95: None, assessed: false, contact: false };
        let (off, rescue) = (standing(0.02, false, 0.0), standing(0.01, false, 9.0));
        assert_eq!(p.order(&[none, off, rescue]), (vec![2, 1, 0], vec![]));
        let worse = standing(0.5, true, 9.0);
        assert_eq!(
            p.order(&[worse, none, off]),
            (vec![2, 0, 1], vec![]),
            "a place that is not the first is not touched"
        );
    }

    #[test]
    fn with_people_in_the_water_only_rescue_is_compared() {
        let p = Policy::default();
        let left: Vec<_> = OptionId::ALL.into_iter().filter(|id| !p.withholds(*id, true)).collect();
        assert_eq!(left, [OptionId::StandOff, OptionId::TakeOff]);
        assert!(OptionId::ALL.into_iter().all(|id| !p.withholds(id, false)));
    }
}
