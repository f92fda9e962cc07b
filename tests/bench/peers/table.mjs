// Prints what run.mjs measured, beside the targets.

/** How much of the best peer's figure is allowed; of the floor: how many times it. */
const targets = {
  local: { ofBest: 1 / 4, ofFloor: 10 },
  local_updates: { ofBest: 1 / 20 },
  apply: { ofBest: 1 / 10 },
  encode_v1: { ofBest: 1 / 3 },
  encode_v2: { ofBest: 1 / 3 },
  load_v1: { ofYwasm: 1 / 4, ofLoro: 1 },
  load_v2: { ofYwasm: 1 / 4, ofLoro: 1 }
}
/** Where the table of targets names others for an input. */
const targetsOfInput = {
  'automerge-paper-x100': {
    load_v1: { ofBest: 1 / 15, yjsOnly: true },
    load_v2: { ofBest: 1 / 15, yjsOnly: true },
    memory: { ofBest: 1 / 2, yjsOnly: true }
  }
}
const readsYjs = /^(yjs|ywasm|yrs|y-octo)/

const digits = (value) => value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3)

function cell (result) {
  if (!result) return ''
  if (result.error) return 'failed'
  return digits(result.value) + (result.rounds < 7 ? ` (${result.rounds})` : '')
}

function limitOf (target, rows, work) {
  const row = rows[work]
  const peers = Object.entries(row).filter(([name, result]) => name !== 'Cowrite' && result.value > 0 &&
    (!target.yjsOnly || readsYjs.test(name)))
  const best = Math.min(...peers.map(([, result]) => result.value))
  return Math.min(
    target.ofBest ? best * target.ofBest : Infinity,
    target.ofFloor ? rows.floor?.Cowrite?.value * target.ofFloor : Infinity,
    target.ofYwasm ? (row.ywasm?.value ?? Infinity) * target.ofYwasm : Infinity,
    target.ofLoro ? (row['loro-crdt']?.value ?? Infinity) * target.ofLoro : Infinity)
}

function verdict (input, rows, work) {
  const target = targetsOfInput[input]?.[work] ?? targets[work]
  const ours = rows[work].Cowrite?.value
  if (!target || ours === undefined) return ['', '']
  const limit = limitOf(target, rows, work)
  return Number.isFinite(limit) ? [digits(limit), ours <= limit ? 'met' : `missed ×${(ours / limit).toFixed(1)}`] : ['', '']
}

function bestPeer (row) {
  const peers = Object.entries(row).filter(([name, result]) => name !== 'Cowrite' && result.value > 0)
  const ours = row.Cowrite?.value
  if (peers.length === 0 || !ours) return ''
  const [name, { value }] = peers.reduce((best, peer) => peer[1].value < best[1].value ? peer : best)
  return `${(value / ours).toFixed(1)} × (${name})`
}

export function printTable (input, rows, names) {
  const shown = names.filter((name) => Object.values(rows).some((row) => row[name]))
  console.log(`### ${input}\n`)
  console.log(`| work | ${shown.join(' | ')} | best peer takes | target | |`)
  console.log(`|---|${shown.map(() => '---|').join('')}---|---|---|`)
  for (const [work, row] of Object.entries(rows)) {
    if (Object.keys(row).length === 0) continue
    console.log(`| ${[work, ...shown.map((name) => cell(row[name])), bestPeer(row), ...verdict(input, rows, work)].join(' | ')} |`)
  }
  console.log()
}
