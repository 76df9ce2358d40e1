//! The words of a page: one small data file for each language, looked up by `section.key`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language in which answers can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

type Table = BTreeMap<String, String>;

static EN: LazyLock<Table> = LazyLock::new(|| flatten(include_str!("language/en.toml")));
static FR: LazyLock<Table> = LazyLock::new(|| flatten(include_str!("language/fr.toml")));

fn flatten(text: &str) -> Table {
    // A table that does not parse is a fault of the source and found by the tests below.
    let sections: BTreeMap<String, Table> = toml::from_str(text).unwrap_or_default();
    sections
        .into_iter()
        .flat_map(|(section, words)| words.into_iter().map(move |(key, word)| (format!("{section}.{key}"), word)))
        .collect()
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// Its tag, as in `--lang` and in HTML.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of that tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.tag() == tag)
    }

    fn table(self) -> &'static Table {
        match self {
            Self::En => &EN,
            Self::Fr => &FR,
        }
    }

    /// The word of that key, if there is one. For names that come from an answer and may be newer than this page.
    #[must_use]
    pub fn find(self, key: &str) -> Option<&'static str> {
        self.table().get(key).map(String::as_str)
    }

    /// The word of that key; the key itself in double brackets if there is none, which tests look for.
    #[must_use]
    pub fn word(self, key: &str) -> String {
        self.find(key).map_or_else(|| format!("[[{key}]]"), str::to_owned)
    }

    /// The sentence of that key with `{name}` filled in.
    #[must_use]
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        values.iter().fold(self.word(key), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Every word of the page's own, for its template.
    #[must_use]
    pub fn section(self, section: &str) -> BTreeMap<&'static str, &'static str> {
        self.table()
            .iter()
            .filter_map(|(k, v)| Some((k.strip_prefix(section)?.strip_prefix('.')?, v.as_str())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn holes(text: &str) -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|s| s.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_with_the_same_holes() {
        let keys = |l: Language| l.table().keys().cloned().collect::<BTreeSet<_>>();
        assert!(keys(Language::En).len() > 200);
        assert_eq!(keys(Language::En), keys(Language::Fr));
        for (key, word) in Language::En.table() {
            assert_eq!(holes(word), holes(&Language::Fr.word(key)), "{key}");
            assert!(!word.trim().is_empty());
        }
    }

    #[test]
    fn french_is_written_as_french() {
        let all = Language::Fr.table().values().cloned().collect::<Vec<_>>().join("\n");
        for word in ["chavirement", "envahissement", "franc-bord", "gilet", "encadrement à 95 %"] {
            assert!(all.contains(word), "{word}");
        }
        // French sets a space before these marks.
        for (key, word) in Language::Fr.table() {
            for mark in [":", "?", "!", "%"] {
                for (at, _) in word.match_indices(mark) {
                    let before = word[..at].chars().next_back();
                    assert!(matches!(before, Some(' ' | '\u{a0}') | None), "{key}: {word}");
                }
            }
        }
    }

    #[test]
    fn holes_are_filled() {
        assert_eq!(Language::En.fill("limit.passed", &[("margin", "3 cm")]), "passed, by 3 cm");
        assert_eq!(Language::En.word("no.such"), "[[no.such]]");
    }
}
