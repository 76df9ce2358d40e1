//! What could be done, by name. An option exists here only as what it does to the people aboard.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One thing that could be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OptionId {
    /// Nobody there; the alarm comes by telephone or not at all.
    DoNothing,
    /// Stand off and escort: the reference.
    StandOff,
    /// Stop on the beach, before anyone is afloat.
    BeachStop,
    /// Stop in the shallows, nobody aboard but those who steer.
    ShallowStopEmpty,
    /// Stop in the shallows with people aboard.
    ShallowStopLoaded,
    /// Block or turn back.
    TurnBack,
    /// The engine no longer works, whatever the cause; the boat drifts.
    EngineDisabled,
    /// Take people off.
    TakeOff,
}

impl OptionId {
    /// Every option.
    pub const ALL: [Self; 8] = [
        Self::DoNothing,
        Self::StandOff,
        Self::BeachStop,
        Self::ShallowStopEmpty,
        Self::ShallowStopLoaded,
        Self::TurnBack,
        Self::EngineDisabled,
        Self::TakeOff,
    ];

    /// The name in scenarios and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DoNothing => "do_nothing",
            Self::StandOff => "stand_off",
            Self::BeachStop => "beach_stop",
            Self::ShallowStopEmpty => "shallow_stop_empty",
            Self::ShallowStopLoaded => "shallow_stop_loaded",
            Self::TurnBack => "turn_back",
            Self::EngineDisabled => "engine_disabled",
            Self::TakeOff => "take_off",
        }
    }

    /// The option of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.as_str() == name)
    }

    /// Whether this option uses force or contact and so must be shown to be safer. Rescue never bears that burden.
    #[must_use]
    pub fn bears_burden_of_proof(self) -> bool {
        matches!(self, Self::TurnBack | Self::EngineDisabled | Self::ShallowStopLoaded)
    }
}

/// Something added to an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Modifier {
    /// Throw floats and rafts before anything else.
    FloatsFirst,
}

impl Modifier {
    /// The name in scenarios and answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FloatsFirst => "floats_first",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_json() {
        for id in OptionId::ALL {
            assert_eq!(serde_json::to_value(id).unwrap(), id.as_str());
            assert_eq!(OptionId::from_name(id.as_str()), Some(id));
        }
        assert_eq!(serde_json::to_value(Modifier::FloatsFirst).unwrap(), Modifier::FloatsFirst.as_str());
        assert_eq!(OptionId::from_name("net"), None);
    }

    #[test]
    fn rescue_bears_no_burden_of_proof() {
        let bearing: Vec<_> = OptionId::ALL.into_iter().filter(|o| o.bears_burden_of_proof()).collect();
        assert_eq!(bearing, [OptionId::ShallowStopLoaded, OptionId::TurnBack, OptionId::EngineDisabled]);
    }
}
