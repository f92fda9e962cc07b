// Makes a failing script short: it leaves out documents and steps, then makes the steps smaller.
import { difference, kindOf } from './comparison.mjs'

/** The list without `count` elements from `at` on, or with `replacement` in their place. */
const spliced = (list, at, count, ...replacement) =>
  [...list.slice(0, at), ...replacement, ...list.slice(at + count)]

/** Every list that has one element less. */
const withoutOne = list => list.map((_, i) => spliced(list, i, 1))

const withoutMember = (object, name) => {
  const { [name]: _, ...rest } = object
  return rest
}

/** The lists with one element in a smaller form. */
const withOneSmaller = (list, smaller) =>
  list.flatMap((element, i) => smaller(element).map(other => spliced(list, i, 1, other)))

function smallerTexts (text) {
  const characters = [...text]
  const half = characters.length >> 1
  return characters.length > 1
    ? [characters.slice(0, half).join(''), characters.slice(half).join('')]
    : text.length === 1 && text !== 'x' ? ['x'] : []
}

function smallerNodes (node) {
  if ('text' in node) return smallerTexts(node.text).map(text => ({ text }))
  const { children = [], attributes } = node
  return [
    ...(attributes ? [withoutMember(node, 'attributes')] : []),
    ...[...withoutOne(children), ...withOneSmaller(children, smallerNodes)]
      .map(fewer => ({ ...node, children: fewer }))
  ]
}

const smallerOps = op =>
  typeof op.insert === 'string' ? smallerTexts(op.insert).map(insert => ({ ...op, insert })) : []

const smallerValues = value => value !== null && typeof value === 'object' ? [1] : []

/** By member of a step: what may stand there instead. */
const smallerMembers = {
  steps: steps => [...withoutOne(steps), ...withOneSmaller(steps, smallerSteps)],
  delta: delta => [...withoutOne(delta), ...withOneSmaller(delta, smallerOps)],
  values: values => [...(values.length > 1 ? withoutOne(values) : []),
    ...withOneSmaller(values, smallerValues)],
  nodes: nodes => [...(nodes.length > 1 ? withoutOne(nodes) : []),
    ...withOneSmaller(nodes, smallerNodes)],
  updates: withoutOne,
  paths: paths => paths.length > 1 ? withoutOne(paths) : [],
  text: smallerTexts,
  value: smallerValues,
  length: length => length > 1 ? [length >> 1, length - 1] : [],
  attributes: attributes => Object.keys(attributes).map(name => withoutMember(attributes, name)),
  roots: roots => Object.keys(roots).length > 1
    ? Object.keys(roots).map(name => withoutMember(roots, name))
    : []
}

/** Every way to make a step a little smaller. */
function smallerSteps (step) {
  const unpacked = step.do === 'transact' && step.steps.length === 1
    ? [{ doc: step.doc, ...step.steps[0] }]
    : []
  const smaller = Object.keys(smallerMembers).filter(name => name in step).flatMap(name =>
    smallerMembers[name](step[name]).map(member => ({ ...step, [name]: member })))
  return [...unpacked, ...smaller]
}

const documentsOf = step => [step.doc, step.from, step.to, step.into]

function leaveOutDocuments (steps, fails) {
  for (const document of new Set(steps.flatMap(documentsOf))) {
    const candidate = steps.filter(step => document === undefined || !documentsOf(step).includes(document))
    if (candidate.length < steps.length && fails(candidate)) steps = candidate
  }
  return steps
}

function leaveOutSteps (steps, fails) {
  for (let size = steps.length >> 1; size >= 1; size >>= 1) {
    for (let from = steps.length - size; from >= 0; from -= size) {
      const candidate = spliced(steps, from, size)
      if (fails(candidate)) steps = candidate
    }
  }
  return steps
}

function makeStepsSmaller (steps, fails) {
  for (let i = 0; i < steps.length; i++) {
    const smaller = smallerSteps(steps[i]).map(step => spliced(steps, i, 1, step)).find(fails)
    if (smaller === undefined) continue
    steps = smaller
    i--
  }
  return steps
}

/** A script that fails like this one and needs nearly all it has; found within `seconds`. */
export function shorten (program, steps, seconds = 60) {
  const kind = kindOf(difference(program, steps))
  const end = Date.now() + seconds * 1000
  const fails = candidate => {
    if (Date.now() > end) return false
    const found = difference(program, candidate)
    return found !== undefined && kindOf(found) === kind
  }
  for (let before; before !== steps;) {
    before = steps
    for (const pass of [leaveOutDocuments, leaveOutSteps, makeStepsSmaller]) steps = pass(steps, fails)
  }
  return steps
}
