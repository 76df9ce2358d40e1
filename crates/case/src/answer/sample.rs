//! Sample answers. EVERY FIGURE HERE IS INVENTED, for tests of layout and of form alone: nothing was computed, and no
//! figure may be quoted.

mod calibration;
mod drift;
mod options;
mod others;
mod policy;

pub use calibration::{backtest, calibrate};
pub use drift::drift;
pub use others::{bench, bench_coast, bench_drift, coast, fields, selftest, tide};

use policy::{dominance, policy, reversal};

use super::assess::{
    AskNext, AssessAnswer, Computed, ConstantAt, ConstantUsed, Credibility, CredibilityFactor, DefaultedInput,
    DistressCount, DistressIndicator, FlipTogether, InputLine, Inputs, RestsOn, Scene, Sensitivity, Timings, WouldFlip,
};
use super::common::{Figure, Quantiles, Reason, Span, State};
use super::loadline::{GzPoint, Limit, LoadlineAnswer, Section, SoftChamber, Swamped};
use super::option::OptionId;
use super::survive::{Priority, SurvivalPoint, SurviveAnswer, Unknown};
use super::{Answer as _, digest, law};
use plimsoll_core::belief::Belief;
use plimsoll_core::random::{Purpose, Stream};

const VERSION: &str = "0.1.0";

pub(super) fn reason(code: &str, key: &str, value: &str, allowed: &str, text: &str) -> Reason {
    Reason { code: code.into(), key: key.into(), value: value.into(), allowed: allowed.into(), text: text.into() }
}

fn spread(q05: f64, q50: f64, q95: f64) -> Figure {
    Figure::Spread(Quantiles { q05, q50, q95 })
}

/// An assessment, every figure invented.
#[must_use]
pub fn assess() -> AssessAnswer {
    let mut answer = AssessAnswer {
        schema: AssessAnswer::tag(),
        version: VERSION.to_owned(),
        seed: 1,
        digest: String::new(),
        realisations: 10_000,
        outer_draws: 256,
        horizon_h: 6.0,
        coarse: false,
        title: String::new(),
        scene: scene(),
        inputs: inputs(),
        loadline: LoadlineAnswer { digest: String::new(), ..loadline() },
        options: options::all(),
        policy: policy(),
        dominance: dominance(),
        reversals: vec![reversal()],
        ask_next: ask_next(),
        would_flip: vec![
            flip(
                OptionId::TakeOff,
                OptionId::StandOff,
                "rescue:support.no_hold",
                "1",
                None,
                [0.58, 0.94, 0.011, 0.024],
            ),
            flip(
                OptionId::TakeOff,
                OptionId::StandOff,
                "boat:crowd.trigger_contact",
                "1",
                Some(0.41),
                [0.06, 0.47, 0.029, 0.002],
            ),
            flip(
                OptionId::TakeOff,
                OptionId::StandOff,
                "assess:structure.per_transfer",
                "1",
                None,
                [0.00006, 0.0018, 0.02, 0.008],
            ),
        ],
        would_flip_together: vec![FlipTogether {
            option_pair: (OptionId::TakeOff, OptionId::StandOff),
            deviations: Some(0.84),
            constants: vec![at("boat:crowd.trigger_contact", 0.31), at("assess:structure.per_transfer", 0.0012)],
        }],
        would_flip_state: Computed::Computed,
        sensitivity: vec![
            hangs_on("aboard.people", [0.21, 0.05, 0.38, 0.07]),
            hangs_on("rescue:support.no_hold", [0.08, 0.04, 0.11, 0.05]),
        ],
        distress_indicators: distress(),
        distress_count: DistressCount::of(&distress()),
        law: law::all().to_vec(),
        credibility: Credibility {
            lowest_level: 1,
            factors: vec![
                factor("verification", 3, "closed forms and published tables", "formes exactes et tables publiées"),
                factor("validation", 1, "no measured seakeeping", "aucune mesure de la tenue à la mer"),
                factor("input_pedigree", 2, "most inputs published", "la plupart des données publiées"),
            ],
        },
        rests_on: RestsOn::of(constants(), Vec::new()),
        timings: Some(Timings { wall_s: 1.9, threads: 2 }),
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    answer
}

fn factor(id: &str, level: u32, why: &str, why_fr: &str) -> CredibilityFactor {
    CredibilityFactor {
        id: id.into(),
        level,
        level_means: "what it asks for".into(),
        why: why.into(),
        why_fr: why_fr.into(),
        evidence: vec!["docs/limits.md".into()],
    }
}

fn flip(a: OptionId, b: OptionId, id: &str, unit: &str, at: Option<f64>, [low, high, from, to]: [f64; 4]) -> WouldFlip {
    WouldFlip {
        option_pair: (a, b),
        constant: id.into(),
        unit: unit.into(),
        flips_at: at,
        range: (low, high),
        difference_at: (from, to),
        moved_error: 0.002,
    }
}

fn hangs_on(id: &str, [first, first_error, total, total_error]: [f64; 4]) -> Sensitivity {
    Sensitivity { constant: id.into(), first, first_error, total, total_error }
}

fn at(id: &str, value: f64) -> ConstantAt {
    ConstantAt { constant: id.into(), unit: "1".into(), value }
}

fn scene() -> Scene {
    Scene {
        area: Some("Dover Strait".into()),
        lon_deg: Some(1.5),
        lat_deg: Some(51.0 + 2.0 / 60.0),
        time_utc: Some("2026-09-14T04:20:00Z".into()),
        people: Some(Span { low: 50.0, likely: 62.0, high: 75.0 }),
        people_basis: Some("aircraft".into()),
        children: Some(Span { low: 4.0, likely: 8.0, high: 12.0 }),
        boat_class: Some("inflatable-medium".into()),
        length_m: Some(Span { low: 8.0, likely: 8.5, high: 9.2 }),
        tubes: Some("soft".into()),
        engine_running: Some(true),
        wind_m_s: Some(Span::exact(4.63)),
        wind_from_deg: Some(230.0),
        hs_m: Some(Span::exact(0.4)),
        current_m_s: Some(Span::exact(0.669)),
        current_toward_deg: Some(41.0),
        water_c: Some(Span::exact(17.6)),
        light: Some("night".into()),
        depth_m: None,
        distance_to_shore_m: None,
        coast: None,
    }
}

fn inputs() -> Inputs {
    let line = |key: &str, text: &str, basis: Option<&str>, given: bool| InputLine {
        key: key.into(),
        text: text.into(),
        basis: basis.map(Into::into),
        given,
    };
    let default = |key: &str, value: &str, source: &str, grade: &str| DefaultedInput {
        key: key.into(),
        value: value.into(),
        source: source.into(),
        grade: grade.into(),
    };
    Inputs {
        scenario: vec![
            line("boat.class", "inflatable-medium", None, true),
            line("boat.tubes", "soft", None, true),
            line("aboard.people", "50 to 75, likely 62", Some("aircraft"), true),
            line("aboard.children", "4 to 12", None, true),
            line("aboard.jackets_float", "0.05 to 0.30", None, false),
            line("place.position", "51 02.0N 001 30.0E", None, true),
            line("place.time", "2026-09-14 04:20 UTC", None, true),
            line("sea.wind", "9 kn from 230", None, true),
            line("sea.hs", "0.4 m", None, true),
            line("sea.tp", "2.4 to 3.4 s", None, false),
            line("sea.water", "17.6 degC", None, true),
            line("help.on_scene", "patrol-32m", None, true),
        ],
        defaulted: vec![
            default("aboard.jackets_float", "0.05 to 0.30", "invented for the layout", "C"),
            default("sea.tp", "2.4 to 3.4 s", "invented for the layout", "B"),
            default("boat.transom_height", "0.36 to 0.46 m", "invented for the layout", "C"),
        ],
    }
}

fn ask_next() -> Vec<AskNext> {
    [("aboard.posture", 0.0021, 15.0), ("aboard.jackets_float", 0.0014, 25.0), ("aboard.children", 0.0003, 15.0)]
        .into_iter()
        .zip(1..)
        .map(|((key, avoided, seconds), rank)| AskNext {
            key: key.into(),
            expected_deaths_avoided: avoided,
            error: 0.25 * avoided,
            seconds_to_ask: seconds,
            rank,
        })
        .collect()
}

fn distress() -> Vec<DistressIndicator> {
    [
        ("request", None, "not known whether help was asked for"),
        ("seaworthiness", Some(true), "soft tubes"),
        ("overloaded", Some(true), "50 to 75 people in an inflatable of 8.5 m"),
        ("supplies", None, "fuel and water not known"),
        ("crew", Some(true), "no qualified crew is known in any such boat"),
        ("equipment", Some(true), "no lights, no radio, few lifejackets"),
        ("medical", None, "not known"),
        ("deceased", Some(false), "none reported"),
        ("vulnerable", None, "nobody reports children; 4 to 12 are taken to be aboard"),
        ("weather", Some(false), "Hs 0.4 m"),
    ]
    .into_iter()
    .map(|(id, met, why)| DistressIndicator { id: id.into(), met, presumed: id == "vulnerable", why: why.into() })
    .collect()
}

fn constants() -> Vec<ConstantUsed> {
    let c = |id: &str, value: Belief, unit: &str, grade: &str| ConstantUsed {
        id: id.into(),
        value,
        unit: unit.into(),
        grade: grade.into(),
        source: "invented for the layout".into(),
    };
    vec![
        c("rescue:support.no_hold", Belief::Triangular { low: 0.5, likely: 0.85, high: 0.95 }, "1", "C"),
        c("rescue:cooling.hayward_sigma", Belief::Exact(0.45), "1", "B"),
        c("boat:flooding.weir_cd", Belief::Exact(0.6), "1", "B"),
        c("boat:water.density", Belief::Exact(1025.0), "kg/m3", "A"),
        c("boat:crowd.delay", Belief::LogNormal { median: 1.5, gsd: 1.7 }, "s", "C"),
        c("assess:structure.per_transfer", Belief::LogNormal { median: 5e-4, gsd: 2.4 }, "1", "B"),
    ]
}

/// A load line, every figure invented (the righting levers have the shape of such a boat's).
#[must_use]
pub fn loadline() -> LoadlineAnswer {
    let gz = (0..=56)
        .map(|i| {
            let heel = f64::from(i) * 0.25;
            let lever = 0.0205 * heel * (1.0 - heel / 45.0);
            let margin = 0.21 * (1.0 - heel / 14.0);
            GzPoint {
                heel_deg: heel,
                gz_m: spread(lever * 0.7, lever, lever * 1.3),
                margin_m: spread(margin - 0.05, margin, margin + 0.05),
            }
        })
        .collect();
    let limit = |id: &str, passed, p: f64, margin, unit: &str| Limit {
        id: id.into(),
        passed,
        p_passed: Some(p),
        margin: Some(margin),
        margin_unit: unit.into(),
    };
    let mut answer = LoadlineAnswer {
        schema: LoadlineAnswer::tag(),
        version: VERSION.into(),
        seed: 1,
        digest: String::new(),
        state: State::Assessed,
        reasons: Vec::new(),
        section: Section {
            length_m: 8.5,
            beam_m: 2.2,
            tube_m: 0.5,
            floor_height_m: 0.08,
            draught_m: Some(0.29),
            list_deg: 0.0,
            share_port: 0.88,
            share_starboard: 0.88,
            people: 62.0,
            people_centre_m: 0.65,
            posture: "sitting".into(),
        },
        displacement_kg: Some(spread(3900.0, 4720.0, 5600.0)),
        freeboard_m: Some(spread(0.15, 0.21, 0.26)),
        gm_m: Some(spread(0.89, 1.2, 1.6)),
        gz,
        gz_max_m: Some(spread(0.14, 0.2, 0.3)),
        gz_max_heel_deg: Some(spread(9.5, 14.0, 17.0)),
        flooding_heel_deg: Some(spread(9.5, 14.0, 17.0)),
        shift_to_capsize_m: Some(spread(0.14, 0.26, 0.37)),
        transom_margin_m: Some(spread(0.04, 0.1, 0.16)),
        swamped: Some(Swamped { capacity_kg: spread(2500.0, 3000.0, 3400.0), held_clear: spread(31.0, 37.0, 43.0) }),
        soft_chamber: Some(SoftChamber {
            list_deg: Figure::Exact(0.0),
            margin_m: spread(0.15, 0.2, 0.26),
            margin_limp_m: spread(0.01, 0.09, 0.17),
        }),
        limits: vec![
            limit("standing_awash", false, 0.04, spread(0.02, 0.14, 0.2), "m"),
            limit("lost_chamber_swamps", true, 0.93, spread(-0.22, -0.11, 0.01), "m"),
            limit("swamped_not_clear", true, 0.99, spread(-34.0, -25.0, -9.0), "people"),
            limit("floats_no_more", false, 0.0, spread(900.0, 1800.0, 2600.0), "kg"),
        ],
        credibility: Some(crate::credibility::lowest()),
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    answer
}

/// A survival curve, every figure invented.
#[must_use]
pub fn survive() -> SurviveAnswer {
    let mut answer = SurviveAnswer {
        schema: SurviveAnswer::tag(),
        version: VERSION.into(),
        seed: 1,
        digest: String::new(),
        realisations: 10_000,
        inputs: inputs().scenario.into_iter().filter(|l| l.key.starts_with("sea.") || l.key.contains("jack")).collect(),
        state: State::Assessed,
        reasons: Vec::new(),
        people: Some(Figure::Exact(33.0)),
        minutes_now: Some(Figure::Exact(45.0)),
        curve: (0..=36)
            .map(|i| {
                let minutes = f64::from(i) * 20.0;
                let t = minutes / 230.0;
                let mean = 0.92 / (1.0 + t * t * t) + 0.08 / (1.0 + minutes / 60.0);
                SurvivalPoint {
                    minutes,
                    alive_mean: mean,
                    alive_q05: (mean * 0.75 - 0.02).clamp(0.0, 1.0) * f64::from(u8::from(i > 0))
                        + f64::from(u8::from(i == 0)),
                    alive_q95: (mean * 1.2).min(1.0),
                }
            })
            .collect(),
        ask_next: vec![Unknown {
            key: "water.hold".into(),
            lives_saved: 0.8,
            lives_error: 0.1,
            alive_share_moved: 0.3,
            rank: 1,
        }],
        priority: ["unsupported", "hand_grip", "jacket", "on_wreck"]
            .into_iter()
            .zip(1..)
            .zip([0.21, 0.08, 0.03, 0.01])
            .map(|((group, rank), p)| Priority {
                group: group.into(),
                rank,
                p_death_next_10_min: Some(p),
                why: "invented for the layout".into(),
            })
            .collect(),
        credibility: Some(crate::credibility::lowest()),
        rests_on: None,
    };
    answer.digest = digest::of(&answer).unwrap_or_default();
    answer
}

/// The sample with its figures moved about by many orders of magnitude: what a layout must hold without breaking.
#[must_use]
pub fn varied(seed: u64) -> AssessAnswer {
    let mut answer = assess();
    let stream = Stream::new(seed);
    let draw = |index: u32| stream.uniform(seed, 0, Purpose::Test, index);
    options::vary(&mut answer.options, &draw);
    answer.coarse = draw(1000) < 0.2;
    if answer.coarse {
        answer.options.iter_mut().for_each(|o| o.verdict = None);
    }
    if draw(1001) < 0.3 {
        answer.would_flip.clear();
        answer.would_flip_together.clear();
        answer.would_flip_state = if draw(1002) < 0.5 { Computed::NotComputed } else { Computed::Computed };
    }
    if draw(1003) < 0.3 {
        answer.scene = Scene::default();
    } else {
        answer.scene.people_basis =
            Some("caller aboard, relayed by the coordination centre and a passing ferry".into());
        answer.scene.area = Some("A sea area with a name that is longer than any that one would expect".into());
        answer.scene.hs_m = Some(Span { low: 0.3, likely: 12.25, high: 14.0 });
        answer.scene.wind_m_s = Some(Span { low: 3.0, likely: 31.0, high: 64.0 });
    }
    if draw(1004) < 0.3 {
        answer.loadline.state = State::NotAssessable;
        answer.loadline.reasons = vec![reason(
            "sinks",
            "aboard.people",
            "140",
            "",
            "The boat does not float upright at rest with this load.",
        )];
        answer.loadline.freeboard_m = None;
        answer.loadline.shift_to_capsize_m = None;
        answer.loadline.gz.clear();
    }
    answer.realisations = if draw(1005) < 0.5 { 100 } else { 1_000_000_000 };
    answer.seed = if draw(1006) < 0.5 { 1 } else { (1 << 53) - 1 };
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answer;

    fn round_trips<T: Answer + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(answer: &T) {
        let text = answer.to_json().unwrap();
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), *answer);
        assert!(!text.contains("NaN"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        round_trips(&assess());
        round_trips(&loadline());
        round_trips(&survive());
        round_trips(&selftest());
        round_trips(&bench());
        round_trips(&calibrate());
        round_trips(&backtest());
        round_trips(&tide());
        round_trips(&coast());
        round_trips(&bench_coast());
        round_trips(&bench_drift());
        (0..200).for_each(|seed| round_trips(&varied(seed)));
    }

    #[test]
    fn figures_agree_among_themselves() {
        for o in assess().options {
            if let Some(d) = o.deaths {
                assert!(d.knowledge_lo95 <= d.mean && d.mean <= d.knowledge_hi95);
                assert!((o.histogram.iter().map(|(_, p)| p).sum::<f64>() - 1.0).abs() < 1e-9);
                let total: f64 = o.by_hazard.unwrap().named().iter().map(|(_, s)| s).sum();
                assert!((total - 1.0).abs() < 1e-9, "{total}");
            } else {
                assert_eq!(o.state, State::NotAssessable);
            }
        }
    }
}
