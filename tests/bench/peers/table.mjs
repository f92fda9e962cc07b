// Prints what run.mjs measured, beside the targets.

/** How much of the figure of the best peer from npm is allowed; of the floor: how many times it. */
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
const readsYjs = /^(yjs|ywasm)/

const digits = (value) => value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3)

function cell (result) {
  if (!result) return ''
  if (result.tooLong) return `> ${result.tooLong} s`
  if (result.error) return 'failed'
  return digits(result.value) + (result.rounds < 7 ? ` (${result.rounds})` : '')
}

/** The least figure of a row among some engines: {name, value}, or nothing. */
function best (row, engines) {
  return engines.map(({ name }) => ({ name, value: row[name]?.value }))
    .filter(({ value }) => value > 0)
    .reduce((least, one) => least && least.value <= one.value ? least : one, undefined)
}

function limitOf (target, rows, work, fromNpm) {
  const row = rows[work]
  const least = best(row, fromNpm.filter(({ name }) => !target.yjsOnly || readsYjs.test(name)))
  return Math.min(
    target.ofBest && least ? least.value * target.ofBest : Infinity,
    target.ofFloor && rows.floor?.Cowrite ? rows.floor.Cowrite.value * target.ofFloor : Infinity,
    target.ofYwasm ? (row.ywasm?.value ?? Infinity) * target.ofYwasm : Infinity,
    target.ofLoro ? (row['loro-crdt']?.value ?? Infinity) * target.ofLoro : Infinity)
}

function verdict (input, rows, work, fromNpm) {
  const target = targetsOfInput[input]?.[work] ?? targets[work]
  const ours = rows[work].Cowrite?.value
  if (!target || ours === undefined) return ['', '']
  const limit = limitOf(target, rows, work, fromNpm)
  return Number.isFinite(limit) ? [digits(limit), ours <= limit ? 'met' : `missed ×${(ours / limit).toFixed(1)}`] : ['', '']
}

/** The target beside engines in Rust is to be ahead of each. */
function bestPeer (row, engines) {
  const ours = row.Cowrite?.value
  const peer = best(row, engines)
  if (!peer || !ours) return ''
  return `${(peer.value / ours).toFixed(1)} × (${peer.name}${peer.value < ours ? ', ahead of us' : ''})`
}

/** `rows`: of each work, of each engine by name: {value, rounds}, or {error, tooLong}. */
export function printTable (input, rows, engines) {
  const shown = engines.filter(({ name }) => Object.values(rows).some((row) => row[name]))
  const [, ...peers] = engines
  const fromNpm = peers.filter(({ inRust }) => !inRust)
  const inRust = peers.filter((engine) => engine.inRust)
  const columns = ['work', ...shown.map(({ name }) => name), 'best of npm takes', 'target', '', 'best in Rust takes']
  console.log(`### ${input}\n`)
  console.log(`| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}`)
  for (const [work, row] of Object.entries(rows)) {
    if (Object.keys(row).length === 0) continue
    console.log(`| ${[work, ...shown.map(({ name }) => cell(row[name])), bestPeer(row, fromNpm),
      ...verdict(input, rows, work, fromNpm), bestPeer(row, inRust)].join(' | ')} |`)
  }
  console.log()
}
