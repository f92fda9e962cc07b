//! The clock and the memory of this process, as `peer_cowrite` measures its own.

use std::fs;

/// How long a work is repeated inside of one measurement, so that short ones do not start cold.
pub const SHORTEST_MS: f64 = 30.0;

/// Of the whole process.
pub fn cpu_ms() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the time is ours, and the clock is one that every Linux has.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// A line of /proc/self/status in MB, such as "VmHWM:     1234 kB".
fn status_mb(name: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with(name))
        .expect("a known line");
    let kilobytes: f64 = line
        .split_whitespace()
        .nth(1)
        .unwrap()
        .parse()
        .expect("a number");
    kilobytes * 1024.0 / 1e6
}

/// What the pages of this process take after freed ones have gone back to the system.
pub fn resident_mb() -> f64 {
    // SAFETY: it takes no pointers.
    unsafe { libc::malloc_trim(0) };
    status_mb("VmRSS")
}

/// The most that it was since `start_peak`.
pub fn peak_resident_mb() -> f64 {
    status_mb("VmHWM")
}

pub fn start_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("Linux");
}
