//! The table of keys: the one place that says what a scenario may hold. Reading, checking, the JSON Schema, the template,
//! the reference page and the table-driven tests all follow it.

use plimsoll_core::units::{Dimension, Sense};

/// What may stand at a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A belief about a quantity with a unit.
    Quantity(Dimension),
    /// A belief about a number without unit.
    Number,
    /// A belief about a whole number.
    Count,
    /// A belief about a share from 0 to 1.
    Share,
    /// A belief about a speed, with a direction where it is known.
    Vector(Sense),
    /// A belief about minutes, as numbers or as durations with a unit.
    Minutes,
    /// A belief about a duration or a distance.
    DurationOrLength,
    /// Exactly one duration.
    Duration,
    /// Exactly one whole number.
    Whole,
    /// A position.
    Position,
    /// An instant with its offset.
    Time,
    /// `firm`, `soft`, or a table of `port` and `starboard`.
    Tubes,
    /// The id of an asset.
    Asset,
    /// A list of asset ids.
    Assets,
    /// A list of tables of `asset` and `minutes`.
    Coming,
    /// A list of option ids.
    Options,
    /// A list of modifiers.
    Modifiers,
    /// Where fields come from: the built-in tide, or files, which this version does not read.
    Fields,
}

/// One key of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Section and name, joined by a point.
    pub path: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// Smallest value that is physically plausible, in the base unit of the kind. The validated range may be narrower: that
    /// is a matter of the assessment, not of reading.
    pub low: f64,
    /// Largest value that is physically plausible.
    pub high: f64,
    /// What is taken where the key is missing, in words; empty where nothing is taken.
    pub default: &'static str,
    /// A value as it may stand in a file.
    pub example: &'static str,
    /// What it means.
    pub doc_en: &'static str,
    /// The same in French.
    pub doc_fr: &'static str,
}

/// The words of `boat.tubes`.
pub const TUBES: &[&str] = &["firm", "soft"];

pub(super) const fn key(
    path: &'static str,
    kind: Kind,
    range: [f64; 2],
    default: &'static str,
    example: &'static str,
) -> Key {
    Key { path, kind, low: range[0], high: range[1], default, example, doc_en: "", doc_fr: "" }
}

impl Key {
    pub(super) const fn says(mut self, doc_en: &'static str, doc_fr: &'static str) -> Self {
        self.doc_en = doc_en;
        self.doc_fr = doc_fr;
        self
    }

    /// The section, empty for a key of the top level.
    #[must_use]
    pub fn section(&self) -> &'static str {
        self.path.split_once('.').map_or("", |(s, _)| s)
    }

    /// The name within its section.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.path.split_once('.').map_or(self.path, |(_, n)| n)
    }

    /// The unit in which the range is stated; empty where there is none.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match self.kind {
            Kind::Quantity(d) => d.base().symbol,
            Kind::Vector(_) => "m/s",
            Kind::Minutes => "min",
            Kind::Duration => "h",
            _ => "",
        }
    }

    /// What is allowed, for messages: "0.05 to 1.5 m".
    #[must_use]
    pub fn allowed(&self) -> String {
        let range = |unit: &str| {
            let end = if unit.is_empty() { String::new() } else { format!(" {unit}") };
            format!("{} to {}{end}", self.low, self.high)
        };
        match self.kind {
            Kind::Choice(words) => words.join(", "),
            Kind::Tubes => "firm, soft, or { port = share, starboard = share }".into(),
            Kind::Text => "text".into(),
            Kind::Position => "such as 51 02.0N 001 30.0E".into(),
            Kind::Time => format!("years {} to {}, with Z or an offset", self.low, self.high),
            Kind::Count | Kind::Whole => format!("whole numbers from {} to {}", self.low, self.high),
            Kind::DurationOrLength => "0 to 48 h, or 0 to 200 km".into(),
            Kind::Asset => "an asset id".into(),
            Kind::Assets => "a list of asset ids".into(),
            Kind::Coming => "a list of { asset = id, minutes = belief }".into(),
            Kind::Options => "a list of option ids".into(),
            Kind::Modifiers => "a list of modifiers".into(),
            Kind::Fields => "\"builtin\", files, or a list of them".into(),
            Kind::Quantity(_) | Kind::Number | Kind::Share | Kind::Vector(_) | Kind::Minutes | Kind::Duration => {
                range(self.unit())
            }
        }
    }
}

/// The sections, in the order of a file.
pub const SECTIONS: &[&str] = &["boat", "aboard", "place", "sea", "help", "options", "run"];

const ANY: [f64; 2] = [0.0, 0.0];
const CLASS: &str = "belief of the class";
use Dimension::{Length, Mass, Temperature, Volume};
use Kind::{Asset, Assets, Choice, Coming, Count, Quantity, Share, Time, Vector};

/// Every key, in the order of a file. `boat.tubes.port` and the like are members of inline tables.
pub static KEYS: &[Key] = &[
    key("name", Kind::Text, ANY, "none", "\"Dover Strait\"").says("A name to print.", "Un nom à afficher."),
    key(
        "boat.class",
        Choice(&["inflatable-small", "inflatable-medium", "inflatable-large"]),
        ANY,
        "the class nearest to the length given, else inflatable-medium (-large above 90 people)",
        "\"inflatable-medium\"",
    )
    .says(
        "Size class; what is not given exactly takes its beliefs.",
        "Classe de taille ; ce qui n'est pas donné exactement prend ses valeurs probables.",
    ),
    key("boat.length", Quantity(Length), [2.0, 25.0], "effective length / share of the prism", "\"8.5 m\"")
        .says("Overall length.", "Longueur hors tout."),
    key("boat.effective_length", Quantity(Length), [1.5, 25.0], CLASS, "\"7.7 m\"").says(
        "Length of the straight prism that has the volume of the tubes, about 0.9 of the overall length.",
        "Longueur du prisme droit de même volume que les boudins, environ 0,9 de la longueur hors tout.",
    ),
    key("boat.beam", Quantity(Length), [0.8, 6.0], CLASS, "\"2.2 m\"").says("Overall beam.", "Largeur hors tout."),
    key("boat.tube", Quantity(Length), [0.1, 1.5], CLASS, "\"0.50 m\"").says("Tube diameter.", "Diamètre des boudins."),
    key("boat.floor_height", Quantity(Length), [0.0, 0.6], CLASS, "\"5 cm\"").says(
        "Height of the unloaded floor above the lowest point of the tubes.",
        "Hauteur du plancher à vide au-dessus du point le plus bas des boudins.",
    ),
    key("boat.floor_sag", Quantity(Length), [0.0, 0.4], CLASS, "\"5 cm\"")
        .says("How far the floor sags under its load.", "Fléchissement du plancher en charge."),
    key("boat.hull_mass", Quantity(Mass), [20.0, 3000.0], CLASS, "\"265 kg\"").says(
        "Mass of hull, engine, boards and fuel.",
        "Masse de la coque, du moteur, des planches et du carburant.",
    ),
    key("boat.hull_centre", Quantity(Length), [0.0, 1.5], CLASS, "\"0.30 m\"").says(
        "Height of the centre of that mass above the lowest point of the tubes.",
        "Hauteur du centre de cette masse au-dessus du point le plus bas des boudins.",
    ),
    key("boat.transom_height", Quantity(Length), [0.05, 1.5], CLASS, "\"0.38 m\"").says(
        "Height of the transom's upper edge above the lowest point of the tubes.",
        "Hauteur du bord supérieur du tableau arrière au-dessus du point le plus bas des boudins.",
    ),
    key("boat.chambers", Count, [1.0, 12.0], CLASS, "3").says(
        "Number of chambers that hold air apart from each other.",
        "Nombre de compartiments d'air réellement séparés.",
    ),
    key("boat.tubes", Kind::Tubes, ANY, "unknown firmness", "\"soft\"").says(
        "Whether the tubes are firm or soft, or the buoyant share of each.",
        "Boudins fermes (firm) ou mous (soft), ou part flottante de chacun.",
    ),
    key("boat.tubes.port", Share, [0.0, 1.0], "1", "1.0")
        .says("Buoyant share of the port tube.", "Part flottante du boudin bâbord."),
    key("boat.tubes.starboard", Share, [0.0, 1.0], "1", "0.75")
        .says("Buoyant share of the starboard tube.", "Part flottante du boudin tribord."),
    key("boat.engine", Choice(&["running", "stopped"]), ANY, "running", "\"running\"")
        .says("Whether the engine runs.", "Moteur en marche (running) ou arrêté (stopped)."),
    key("boat.water_aboard", Quantity(Volume), [0.0, 10.0], CLASS, "\"0.1 m3\"")
        .says("Water in the boat.", "Eau dans l'embarcation."),
    key("boat.trim", Quantity(Length), [-1.0, 1.0], "none", "\"0.05 m\"").says(
        "Draught at the bow less draught at the stern; down by the bow is positive.",
        "Tirant d'eau avant moins tirant d'eau arrière ; positif sur l'avant.",
    ),
    key("aboard.people", Count, [1.0, 400.0], "", "{ low = 50, likely = 62, high = 75, basis = \"aircraft\" }")
        .says("How many people are aboard, children included.", "Nombre de personnes à bord, enfants compris."),
    key("aboard.children", Count, [0.0, 400.0], "a share of the people", "{ low = 4, high = 12 }")
        .says("How many of them are children.", "Nombre d'enfants parmi elles."),
    key("aboard.person_mass", Quantity(Mass), [30.0, 130.0], "belief", "\"72 kg\"")
        .says("Mean mass of a person in wet clothes.", "Masse moyenne d'une personne en vêtements mouillés."),
    key("aboard.people_centre", Quantity(Length), [0.0, 2.0], "from the posture", "\"0.65 m\"").says(
        "Height of the people's common centre of mass above the lowest point of the tubes.",
        "Hauteur du centre de masse commun des personnes au-dessus du point le plus bas des boudins.",
    ),
    key("aboard.posture", Choice(&["floor", "sitting", "standing", "mixed"]), ANY, "sitting", "\"sitting\"").says(
        "All on the floor, sitting on tubes and floor, all standing, or some standing.",
        "Tous au sol (floor), assis sur boudins et plancher (sitting), tous debout (standing), quelques-uns debout (mixed).",
    ),
    key("aboard.lifejackets", Share, [0.0, 1.0], "belief", "{ low = 0.3, high = 0.7 }").says(
        "Share of the people who wear something called a lifejacket.",
        "Part des personnes portant ce qu'on appelle un gilet de sauvetage.",
    ),
    key("aboard.jackets_float", Share, [0.0, 1.0], "belief", "{ low = 0.1, likely = 0.3, high = 0.7 }").says(
        "Share of the lifejackets worn that do float a person.",
        "Part des gilets portés qui font réellement flotter une personne.",
    ),
    key("aboard.swimmers", Share, [0.0, 1.0], "belief", "{ low = 0.2, likely = 0.45, high = 0.7 }")
        .says("Share of the people who can swim.", "Part des personnes sachant nager."),
    key("aboard.in_water", Choice(&["nobody", "some"]), ANY, "nobody", "\"nobody\"").says(
        "Whether people are in the water already, beside those aboard.",
        "Si des personnes sont déjà à l'eau (some) ou non (nobody), outre celles à bord.",
    ),
    key("place.position", Kind::Position, ANY, "none", "\"51 02.0N 001 30.0E\"").says(
        "Position, in degrees (D), degrees and minutes (DM), or degrees, minutes and seconds (DMS).",
        "Position, en degrés, degrés et minutes, ou degrés, minutes et secondes.",
    ),
    key("place.time", Time, [1950.0, 2100.0], "none", "2026-09-14T04:20:00Z")
        .says("Instant of the decision, with Z or an offset.", "Instant de la décision, avec Z ou un décalage horaire."),
    key("place.depth", Quantity(Length), [0.0, 11_000.0], "none", "\"25 m\"")
        .says("Depth of water.", "Profondeur d'eau."),
    key("place.distance_to_shore", Quantity(Length), [0.0, 1.0e6], "none", "\"12 km\"")
        .says("Distance to the nearest shore.", "Distance à la côte la plus proche."),
    key("place.bound_for", Kind::DurationOrLength, [0.0, 200_000.0], "none", "\"3 h\"").says(
        "What is left of the crossing: hours or a distance.",
        "Ce qui reste de la traversée : heures ou distance.",
    ),
    key("sea.from", Kind::Fields, ANY, "none", "\"builtin\"").says(
        "Where what is not given by hand is taken from, at position and time: files of wind, current, waves and temperature (NetCDF, Zarr, GRIB, CSV), first to last, and \"builtin\", the tide of the Dover Strait.",
        "Source de ce qui n'est pas donné à la main, au lieu et à l'heure donnés : fichiers de vent, courant, vagues et température (NetCDF, Zarr, GRIB, CSV), du premier au dernier, et « builtin », la marée du Pas de Calais.",
    ),
    key("sea.wind", Vector(Sense::From), [0.0, 60.0], "belief, direction not known", "\"9 kn from 230\"").says(
        "Wind speed at 10 m, and where it comes from.",
        "Vitesse du vent à 10 m et direction d'où il vient.",
    ),
    key("sea.hs", Quantity(Length), [0.0, 15.0], "from wind and fetch, where both are known", "\"0.4 m\"")
        .says("Significant wave height.", "Hauteur significative des vagues."),
    key("sea.tp", Quantity(Dimension::Duration), [0.5, 25.0], "from height and steepness", "\"3.5 s\"")
        .says("Peak period of the waves.", "Période de pic des vagues."),
    key("sea.fetch", Quantity(Length), [0.0, 2.0e6], "from the coast, against the wind", "\"30 km\"").says(
        "Open water against the wind, for a sea that is grown because nobody gives its height.",
        "Fetch au vent, pour une mer calculée quand personne n'en donne la hauteur.",
    ),
    key("sea.current", Vector(Sense::Toward), [0.0, 5.0], "belief, direction not known", "\"1.3 kn toward 041\"").says(
        "Speed of the current, and where it sets.",
        "Vitesse du courant et direction où il porte.",
    ),
    key("sea.water", Quantity(Temperature), [-2.0, 35.0], "by month, where the climatology reaches", "\"17.6 degC\"")
        .says("Water temperature.", "Température de l'eau."),
    key("sea.air", Quantity(Temperature), [-40.0, 50.0], "about the water's", "\"15 degC\"")
        .says("Air temperature.", "Température de l'air."),
    key("sea.light", Choice(&["day", "twilight", "night"]), ANY, "from time and position", "\"night\"")
        .says("How much light there is.", "Jour (day), crépuscule (twilight) ou nuit (night)."),
    key("sea.visibility", Quantity(Length), [0.0, 100_000.0], "belief", "\"10 km\"")
        .says("How far one sees.", "Visibilité."),
    key("sea.surf", Quantity(Length), [0.0, 10.0], "none", "\"0.3 m\"")
        .says("Height of the breakers on the shore.", "Hauteur des déferlantes sur le rivage."),
    key("help.on_scene", Assets, ANY, "nobody", "[\"patrol-32m\"]")
        .says("Ids of the craft that are there.", "Identifiants des moyens sur place."),
    key("help.coming", Coming, ANY, "nobody", "[{ asset = \"lifeboat-dover\", minutes = { low = 20, high = 35 } }]")
        .says("Craft on their way.", "Moyens en route."),
    key("help.coming.asset", Asset, ANY, "", "\"lifeboat-dover\"")
        .says("Id of the craft.", "Identifiant du moyen."),
    key("help.coming.minutes", Kind::Minutes, [0.0, 2880.0], "", "{ low = 20, high = 35 }").says(
        "Minutes until it can begin to lift people.",
        "Minutes avant qu'il puisse commencer à récupérer des personnes.",
    ),
    key("options.only", Kind::Options, ANY, "all options", "[\"stand_off\", \"take_off\"]")
        .says("Assess these options alone.", "N'évaluer que ces options."),
    key("options.with", Kind::Modifiers, ANY, "none", "[\"floats_first\"]")
        .says("What is done beside every option.", "Ce qui accompagne chaque option."),
    key("run.realisations", Kind::Whole, [256.0, 1.0e9], "10000", "10000")
        .says("Realisations of each option.", "Réalisations par option."),
    key("run.horizon", Kind::Duration, [0.5, 72.0], "24 h", "\"24 h\"")
        .says("How far ahead the encounter is followed.", "Durée sur laquelle la rencontre est suivie."),
];

/// The key at `path`.
///
/// # Panics
/// If the table has none: a mistake in the code, which the test of the table catches.
#[must_use]
pub fn find(path: &str) -> &'static Key {
    KEYS.iter().chain(super::water::KEYS).find(|k| k.path == path).unwrap_or_else(|| panic!("no scenario key {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        for (i, k) in KEYS.iter().enumerate() {
            assert!(KEYS[..i].iter().all(|other| other.path != k.path), "{} twice", k.path);
            assert!(k.section().is_empty() || SECTIONS.contains(&k.section()), "{}", k.path);
            assert!(!k.doc_en.is_empty() && !k.doc_fr.is_empty() && !k.example.is_empty(), "{}", k.path);
            assert!(!k.allowed().is_empty() && k.low <= k.high, "{}", k.path);
            assert!(std::ptr::eq(find(k.path), k));
        }
        assert!(SECTIONS.iter().all(|s| KEYS.iter().any(|k| k.section() == *s)));
    }
}
