/** Mulberry32: small, and exact in JavaScript's 32-bit integers. */
export class Random {
  constructor (seed) { this.state = seed >>> 0 }

  next () {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let x = this.state
    x = Math.imul(x ^ (x >>> 15), x | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return (x ^ (x >>> 14)) >>> 0
  }

  below (n) { return this.next() % n }
  between (low, high) { return low + this.below(high - low + 1) }
  chance (percent) { return this.below(100) < percent }
  pick (list) { return list[this.below(list.length)] }
  list (low, high, make) { return Array.from({ length: this.between(low, high) }, make) }

  /** One of the entries [weight, value]. */
  weighted (entries) {
    let left = this.below(entries.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, value] of entries) {
      if (left < weight) return value
      left -= weight
    }
  }
}
