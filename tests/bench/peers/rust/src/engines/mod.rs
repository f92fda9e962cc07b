pub mod automerge;
pub mod diamond_types;
pub mod loro;
pub mod y_octo;
pub mod yrs;
