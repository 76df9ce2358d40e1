//! Known answers of survival and rescue.
