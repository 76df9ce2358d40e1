//! Mass immersions with help, and what reports say of them. They weigh constants, and are foretold without themselves.
//!
//! A fact stands beside its source where that is not the incident table. What no report says is a wide belief, the same for all events.

use super::events::ObservedEvent;
use crate::survival::Light;
use plimsoll_core::belief::Belief;

pub(super) fn uniform(low: f64, high: f64) -> Belief {
    Belief::Uniform { low, high }
}

pub(super) fn normal(mean: f64, sd: f64) -> Belief {
    Belief::Normal { mean, sd, low: Some(mean - 3.0 * sd), high: Some(mean + 3.0 * sd) }
}

/// No report says how the boat lay, or reports disagree: as `structure.inverted_share` of the assessment has it. That a boat swamped, or that
/// people kept to its tubes, says upright. "Capsized" in a report says that people were thrown off, not how the boat lay afterwards.
pub(super) fn not_reported() -> Belief {
    uniform(0.1, 0.5)
}

fn most() -> Belief {
    uniform(0.5, 1.0)
}

fn some() -> Belief {
    uniform(0.2, 0.6)
}

fn calm() -> Belief {
    uniform(0.2, 0.6)
}

/// An inflatable of some 60 people of whom nothing but their number, the water and the light is reported.
fn event(id: &'static str, name: &'static str, people: u32, deaths: u32, water_c: f64, light: Light) -> ObservedEvent {
    ObservedEvent {
        id,
        name,
        people,
        immersed: most(),
        population: [uniform(0.2, 0.7), uniform(0.0, 0.2), uniform(0.3, 0.8), uniform(0.1, 0.5)],
        water_c: normal(water_c, 0.9),
        hs_m: calm(),
        light,
        wreck: [uniform(8.0, 16.0), uniform(0.0, 9.0)],
        folded: not_reported(),
        help: vec![],
        lifted: None,
        deaths,
    }
}

/// Those beside which a vessel stood, or to which one came within the hour.
#[must_use]
pub fn observed() -> Vec<ObservedEvent> {
    let swimmers = || uniform(0.2, 0.7);
    vec![
        // floor gone, people in and on the ring of its tube (film, press of 15 Dec 2022); tube collapsed alongside, bottom missing (MAIB 7/2024)
        ObservedEvent {
            water_c: normal(10.0, 0.7),
            wreck: [uniform(8.0, 17.0), Belief::Exact(0.0)],
            help: vec![
                ("fishing-vessel", uniform(1.0, 3.0)),
                ("lifeboat-dover", uniform(20.0, 45.0)),
                ("helicopter-lydd", uniform(20.0, 45.0)),
                ("patrol-20m", uniform(20.0, 60.0)),
            ],
            ..event("W5", "14 Dec 2022, beside a fishing vessel", 47, 8, 10.0, Light::Night)
        },
        // some adrift, others holding to the tube (prefecture); one jacket and a few inner tubes (prefect); the Minck on scene, a fishing vessel
        // five to ten minutes later (France 3, La Voix du Nord, 12 Jul 2024)
        ObservedEvent {
            population: [swimmers(), uniform(0.0, 0.2), uniform(0.02, 0.1), uniform(0.3, 0.9)],
            folded: Belief::Exact(0.0),
            help: vec![("minck", uniform(2.0, 12.0)), ("fishing-vessel", uniform(5.0, 15.0))],
            // all 56 by 06:00, the loss at about 04:30; "about an hour" by others
            lifted: Some((90.0, 50..=60)),
            ..event("W6", "12 Jul 2024, off Boulogne", 60, 4, 16.4, Light::Twilight)
        },
        // floor ripped open, broke up (mayor, prefecture); when a fishing vessel came, a short piece of tube was left, the rest sunk (La Voix du
        // Nord, 4 Sep 2024); fewer than eight jackets (prosecutor); whitecaps, "a sea well formed" (lifeboat station and radio of that day)
        ObservedEvent {
            immersed: Belief::Exact(1.0),
            population: [swimmers(), uniform(0.1, 0.25), uniform(0.1, 0.15), uniform(0.5, 1.0)],
            water_c: normal(19.0, 0.8),
            hs_m: uniform(0.3, 1.0),
            wreck: [uniform(3.0, 12.0), Belief::Exact(0.0)],
            help: vec![
                ("minck", uniform(2.0, 12.0)),
                ("fishing-vessel", uniform(20.0, 45.0)),
                ("lifeboat-calais", uniform(30.0, 60.0)),
                ("helicopter-le-touquet", uniform(25.0, 50.0)),
                ("vcsm-aber-ildut", uniform(25.0, 60.0)),
            ],
            ..event("W7", "3 Sep 2024, off Cap Gris-Nez", 65, 13, 19.0, Light::Day)
        },
        // capsized (prosecutor); people fell into the water (prefecture); most rescued within 70 minutes
        ObservedEvent {
            immersed: Belief::Exact(1.0),
            hs_m: uniform(0.2, 0.8),
            wreck: [uniform(12.0, 17.0), uniform(4.0, 9.0)],
            help: vec![
                ("vcsm-aber-ildut", uniform(3.0, 7.0)),
                ("lifeboat-boulogne", uniform(25.0, 45.0)),
                ("helicopter-le-touquet", uniform(25.0, 45.0)),
                ("fishing-vessel", uniform(15.0, 45.0)),
            ],
            // "a major part" by 14:40, the loss at about 13:30
            lifted: Some((70.0, 31..=58)),
            ..event("W8", "22 Nov 2023, off Equihen", 61, 3, 12.9, Light::Day)
        },
        // watched by a patrol, broke up once the transom was lost; 66 rescued, one dead (prefecture)
        ObservedEvent {
            wreck: [uniform(12.0, 17.0), uniform(4.0, 9.0)],
            help: vec![("patrol-20m", uniform(2.0, 4.0)), ("abeille-normandie", uniform(5.0, 20.0))],
            ..event("W9", "12 May 2025, off Hardelot", 67, 1, 11.3, Light::Day)
        },
        // a vessel on scene at 00:30 sees a deflated tube and people in the water at about 01:00, the first are taken up at 01:15, 59 by 02:15
        // and seven more by a lifeboat; one dead, two missing (prefecture): 68 aboard
        ObservedEvent {
            immersed: some(),
            hs_m: uniform(0.2, 0.8),
            wreck: [uniform(8.0, 16.0), uniform(3.0, 9.0)],
            help: vec![("esvagt-charlie", uniform(8.0, 15.0)), ("lifeboat-calais", uniform(20.0, 60.0))],
            lifted: Some((75.0, 53..=65)),
            ..event("C010", "15 Dec 2023, off Grand-Fort-Philippe", 68, 3, 10.4, Light::Night)
        },
        // the tubes of a boat beside a patrol vessel go soft, people in the water, some adrift: 59 taken up by it, one of whom died, 13 by a
        // British vessel (prefecture, 18 Jul 2024)
        ObservedEvent {
            help: vec![
                ("patrol-psp-cormoran", uniform(1.0, 6.0)),
                ("ctv-ranger", uniform(10.0, 60.0)),
                ("lifeboat-calais", uniform(25.0, 60.0)),
            ],
            ..event("C017", "17 Jul 2024, off Gravelines", 72, 1, 16.4, Light::Day)
        },
        // torn in the middle: some fell into the water, others kept to the tubes; 68 aboard, four of them children (prosecutor, 18 Oct 2024)
        ObservedEvent {
            immersed: some(),
            population: [swimmers(), Belief::Exact(0.06), uniform(0.1, 0.8), uniform(0.1, 0.5)],
            hs_m: uniform(0.2, 0.8),
            wreck: [uniform(8.0, 16.0), Belief::Exact(0.0)],
            folded: Belief::Exact(0.0),
            help: vec![("abeille-normandie", uniform(2.0, 20.0))],
            ..event("C025", "17 Oct 2024, off Wissant", 68, 1, 15.5, Light::Night)
        },
        // watched by a tug, takes in water at the end of the night; all 70 taken up by the boats of two vessels, two unconscious, one of whom died;
        // half of them wore a jacket (prefecture, 15 Feb 2025)
        ObservedEvent {
            population: [swimmers(), uniform(0.0, 0.2), uniform(0.45, 0.55), uniform(0.1, 0.5)],
            wreck: [uniform(12.0, 17.0), uniform(4.0, 9.0)],
            folded: Belief::Exact(0.0),
            help: vec![("abeille-normandie", uniform(2.0, 15.0)), ("minck", uniform(5.0, 40.0))],
            ..event("C029", "15 Feb 2025, off Calais", 70, 1, 7.5, Light::Night)
        },
        // an overloaded boat under watch breaks up, 61 rescued, a mother and child flown out (prefecture, 19 May 2025)
        ObservedEvent {
            help: vec![
                ("abeille-normandie", uniform(2.0, 20.0)),
                ("ctv-ranger", uniform(5.0, 60.0)),
                ("helicopter-le-touquet", uniform(25.0, 60.0)),
            ],
            ..event("C041", "19 May 2025, off Boulogne", 62, 1, 11.6, Light::Night)
        },
    ]
}

/// Those of which it is not known that help came within the hour, or that ended on the shore.
#[must_use]
pub fn sparsely_recorded() -> Vec<ObservedEvent> {
    let who = || [uniform(0.2, 0.7), uniform(0.0, 0.25), uniform(0.1, 0.8), uniform(0.1, 0.5)];
    vec![
        // a hull of polyester, not an inflatable: it floats bottom up or hardly; waves of 1 to 2 m (press, 29 Oct 2020)
        ObservedEvent {
            immersed: Belief::Exact(1.0),
            population: who(),
            hs_m: uniform(0.8, 1.6),
            wreck: [uniform(0.0, 8.0), uniform(0.0, 4.0)],
            folded: Belief::Exact(1.0),
            help: vec![
                ("fishing-vessel", uniform(10.0, 60.0)),
                ("lifeboat-dunkerque", uniform(20.0, 90.0)),
                ("helicopter-le-touquet", uniform(20.0, 90.0)),
            ],
            ..event("C002", "27 Oct 2020, off Dunkirk", 21, 7, 14.5, Light::Day)
        },
        // survivors: overturned; later people clung to a deflated wreck and to a liferaft thrown by a ship. A ship gave the alarm at 04:20, the first
        // lifeboat found people in the water, the second joined at 05:50; the prosecutor puts the loss at about 02:00
        ObservedEvent {
            help: vec![
                ("merchant-ship", uniform(10.0, 200.0)),
                ("patrol-psp-cormoran", uniform(30.0, 220.0)),
                ("lifeboat-calais", uniform(30.0, 220.0)),
                ("lifeboat-dover", uniform(60.0, 240.0)),
            ],
            ..event("C008", "12 Aug 2023, off Sangatte", 66, 7, 18.0, Light::Night)
        },
        ObservedEvent {
            population: who(),
            hs_m: uniform(0.3, 1.0),
            folded: Belief::Exact(0.0),
            help: vec![
                ("rib-8m", uniform(5.0, 40.0)),
                ("helicopter-le-touquet", uniform(20.0, 60.0)),
                ("lifeboat-boulogne", uniform(20.0, 60.0)),
            ],
            ..event("C022", "15 Sep 2024, Ambleteuse, on the rocks", 59, 8, 17.5, Light::Night)
        },
        // sank soon after 08:00, 2 km off; somebody saw a jacket in the water, and the Minck was sent: 48 in the water (prefecture, 23 Oct 2024)
        ObservedEvent {
            immersed: Belief::Exact(1.0),
            population: who(),
            hs_m: uniform(0.2, 0.8),
            help: vec![
                ("minck", uniform(10.0, 60.0)),
                ("helicopter-le-touquet", uniform(25.0, 60.0)),
                ("lifeboat-calais", uniform(25.0, 60.0)),
            ],
            ..event("C042", "23 Oct 2024, off Calais", 48, 3, 14.8, Light::Twilight)
        },
    ]
}

/// 24 November 2021: nobody came for 9.5 hours.
#[must_use]
pub fn unattended() -> ObservedEvent {
    ObservedEvent {
        immersed: Belief::Exact(1.0),
        population: [uniform(0.2, 0.7), uniform(0.03, 0.15), uniform(0.7, 1.0), uniform(0.0, 0.05)],
        hs_m: uniform(0.2, 0.7),
        wreck: [uniform(12.0, 17.0), uniform(0.0, 9.0)],
        folded: Belief::Exact(1.0),
        ..event("W4", "24 Nov 2021, near Sandettie", 33, 31, 12.9, Light::Night)
    }
}
