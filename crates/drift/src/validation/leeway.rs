//! Known answers about leeway: D11 to D19, the balance of forces held against what trials measured of its neighbours.
//!
//! No constant was fitted to them, but the width of `inflatable.discrepancy` was chosen after D19 had missed. The
//! containers are the sharpest: how deep they lay is published.

use crate::category::{Leeway, category};
use crate::inflatable::{Afloat, Balance, Inflatable};
use crate::ledger::LEDGER;
use plimsoll_core::belief::Belief;
use plimsoll_core::validation::Case;

/// Wind at which leeways are compared, m/s: regressions have their full standard error there.
const WIND_M_S: f64 = 10.0;

/// Downwind leeway at that wind as a share of it, %.
fn percent(l: &Leeway) -> f64 {
    100.0 * (l.downwind.slope + l.downwind.offset_m_s / WIND_M_S)
}

fn published(id: u32) -> Leeway {
    category(id).map(|c| c.leeway).unwrap_or_default()
}

/// A boat's leeway over the outer draws of seed 1, ascending, %.
fn draws(length_m: f64, people: f64, freeboard_m: Option<f64>) -> Vec<f64> {
    let afloat = freeboard_m.map_or(Afloat::Swamped, |f| Afloat::Whole(Belief::Exact(f)));
    let boat = Inflatable { length_m: Belief::Exact(length_m), people: Belief::Exact(people), afloat };
    let mut all: Vec<f64> = boat.leeways(1, false).map_or_else(|_| vec![], |l| l.iter().map(percent).collect());
    all.sort_by(f64::total_cmp);
    all
}

fn quantile(sorted: &[f64], q: f64) -> f64 {
    sorted.get((q * sorted.len() as f64) as usize).copied().unwrap_or(f64::NAN)
}

/// Share of the draws below a published class.
fn below(sorted: &[f64], id: u32) -> f64 {
    sorted.iter().filter(|v| **v < percent(&published(id))).count() as f64 / sorted.len() as f64
}

/// Every case.
pub(super) fn cases() -> Vec<Case> {
    let mut out = containers();
    let (light, laden) = (draws(8.5, 30.0, Some(0.30)), draws(8.5, 55.0, Some(0.20)));
    let (full, few) = (draws(8.5, 50.0, None), draws(8.5, 1.0, None));
    let origin =
        "slowest and fastest of the undrogued open rafts, skiffs and rafts of refugees (26, 27, 29, 44, 45, 76)";
    let neighbours = [26, 27, 29, 44, 45, 76].map(|id| percent(&published(id)));
    let [low, high] = [f64::min, f64::max].map(|f: fn(f64, f64) -> f64| neighbours.into_iter().fold(neighbours[0], f));
    let row =
        |id: &str, name: &str, origin: &str, quantity: &str, unit: &str| Case::new(id, name, origin, quantity, unit);
    for (id, name, all) in [("D13", "whole, 8.5 m, 30 aboard", &light), ("D14", "whole, 8.5 m, 55 aboard", &laden)] {
        out.push(row(id, name, origin, "median downwind leeway", "% of the wind").band(low, high, quantile(all, 0.5)));
    }
    let held = |id: &str, name: &str, origin: &str, all: &[f64], class: u32| {
        row(id, name, origin, &format!("share of draws below class {class}"), "1").band(0.05, 0.95, below(all, class))
    };
    let origin = "an open raft without ballast, canopy or drogue (27) is one of the boats that the draws must hold";
    out.push(held("D15", "whole, 8.5 m, 30 aboard", origin, &light, 27));
    let origin = "all rafts without ballast (26, mean values)";
    out.push(held("D15", "whole, 8.5 m, 30 aboard", origin, &light, 26).missed(
        "class 26 averages over rafts with drogues and with one canopy; every draw of a boat without either is faster",
    ));
    let origin = "swamped rafts and skiffs (19, 46)";
    let swamped = [19, 46].map(|id| percent(&published(id)));
    out.push(row("D16", "swamped, 8.5 m, 1 aboard", origin, "median downwind leeway", "% of the wind").band(
        swamped[0],
        swamped[1],
        quantile(&few, 0.5),
    ));
    let origin = "between a swamped skiff (46) and an open raft (26): people sit up in it";
    out.push(row("D17", "swamped, 8.5 m, 50 aboard", origin, "median downwind leeway", "% of the wind").band(
        percent(&published(46)),
        percent(&published(26)),
        quantile(&full, 0.5),
    ));
    let origin = "the raft of Cuban refugees without a sail (76): low, awash, with people on it";
    out.push(held("D18", "swamped, 8.5 m, 50 aboard", origin, &full, 76));
    let origin = "an open runabout (44); no independent check, for the width of inflatable.discrepancy was chosen after this row had missed";
    out.push(held("D19", "whole, 8.5 m, 55 aboard", origin, &laden, 44));
    out
}

/// Boxes of known immersion: the balance at the middle of what is judged of the sea, within one standard error.
fn containers() -> Vec<Case> {
    let median = |id: &str| LEDGER.get(id).value.median();
    let rows = [
        ("D11", 73, "1:3 model of a 40 ft container, 70 % immersed", 0.70, 2.59 / 3.0),
        ("D12", 74, "20 ft container, 80 % immersed", 0.80, 2.59),
    ];
    rows.map(|(id, class, name, immersed, height_m)| {
        let box_ = Balance {
            areas: (1.0 - immersed) / immersed,
            drags: 1.0,
            height_m: (1.0 - immersed) * height_m,
            roughness_m: median("inflatable.roughness"),
            waves: median("inflatable.wave_share"),
        };
        let measured = published(class);
        let error = 100.0 * measured.downwind.error_m_s / WIND_M_S;
        Case::new(
            id,
            name,
            "Breivik and others (2012), class of the list",
            "downwind leeway at 10 m/s",
            "% of the wind",
        )
        .value(percent(&measured), error, 100.0 * box_.slope())
    })
    .into()
}
