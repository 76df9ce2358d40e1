//! Every option followed to its end, compared, explained.
//!
//! A [`question::Question`] is one case with one seed. Its realisations are walked ([`walk`]) along the course ([`course`]) that
//! an option ([`options`]) gives the boat, through the fast tier at every disturbance ([`window`]) and the slow tier between;
//! what becomes of everybody is settled ([`account`]) and summed ([`outcome`]); the sums are compared ([`comparison`]) and told
//! as an answer ([`answer`]).

pub mod account;
pub mod answer;
pub mod applicability;
pub mod ask;
pub mod basis;
pub mod calibration;
pub mod cluster;
pub mod comparison;
pub mod course;
pub mod distress;
pub mod entries;
pub mod exposure;
pub mod fleet;
pub mod information;
pub mod ledger;
pub mod loadline;
pub mod options;
pub mod outcome;
pub mod outer;
pub mod paired;
pub mod policy;
pub mod question;
pub mod ranking;
pub mod rates;
pub mod resolve;
pub mod scene;
pub mod situation;
pub mod validation;
pub mod walk;
pub mod waves;
pub mod window;
