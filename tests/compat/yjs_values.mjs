// The values in the steps of a document script, and the JSON of what real Yjs holds.
import * as Y from 'yjs'

export const base64 = bytes => Buffer.from(bytes).toString('base64')
export const fromBase64 = text => new Uint8Array(Buffer.from(text, 'base64'))
const isObject = value => value !== null && typeof value === 'object'
const mapEntries = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
export const sorted = object =>
  Object.fromEntries(Object.keys(object).sort().map(key => [key, object[key]]))

/** The XML node that `{"text":...}` or `{"element":...,"attributes":...,"children":[...]}` stands for. */
export function toXmlNode (json) {
  if ('text' in json) return new Y.XmlText(json.text)
  const element = new Y.XmlElement(json.element)
  for (const [name, value] of Object.entries(json.attributes ?? {})) element.setAttribute(name, value)
  if (json.children?.length > 0) element.insert(0, json.children.map(toXmlNode))
  return element
}

const tagged = {
  $map: entries => {
    const map = new Y.Map()
    for (const [key, value] of Object.entries(entries)) map.set(key, toValue(value))
    return map
  },
  $array: values => Y.Array.from(values.map(toValue)),
  $text: text => new Y.Text(text),
  $xml: nodes => {
    const fragment = new Y.XmlFragment()
    fragment.insert(0, nodes.map(toXmlNode))
    return fragment
  },
  $doc: ({ guid, options, shouldLoad }) =>
    new Y.Doc({ guid, ...options, ...(options?.meta ? { meta: toValue(options.meta) } : {}), shouldLoad: shouldLoad ?? true }),
  $bytes: fromBase64,
  $undefined: () => undefined,
  $bigint: digits => BigInt(digits)
}

/** The value that a step's JSON stands for. */
export function toValue (json) {
  if (!isObject(json)) return json
  if (Array.isArray(json)) return json.map(toValue)
  const tag = Object.keys(tagged).find(key => key in json)
  return tag === undefined ? mapEntries(json, toValue) : tagged[tag](json[tag])
}

/** What the wire says of a subdocument beside its guid. */
function optionsOf ({ gc, autoLoad, meta }) {
  return { ...(gc ? {} : { gc: false }), ...(autoLoad ? { autoLoad } : {}), ...(meta === null ? {} : { meta: toJson(meta) }) }
}

const isXml = type => type instanceof Y.XmlFragment || type instanceof Y.XmlText

/** The JSON that stands for a value of a document; nested types are resolved. */
export function toJson (value) {
  if (value === undefined) return { $undefined: true }
  if (typeof value === 'bigint') return { $bigint: String(value) }
  if (!isObject(value)) return value
  if (value instanceof Uint8Array) return { $bytes: base64(value) }
  if (value instanceof Y.Doc) return { $doc: { guid: value.guid, options: optionsOf(value) } }
  if (isXml(value)) return value.toString()
  if (value instanceof Y.Text) return deltaJson(value.toDelta())
  if (value instanceof Y.Array) return value.toArray().map(toJson)
  if (value instanceof Y.Map) {
    return sorted(Object.fromEntries([...value.keys()].map(key => [key, toJson(value.get(key))])))
  }
  return Array.isArray(value) ? value.map(toJson) : mapEntries(value, toJson)
}

/** The Quill form of a delta: of a text, or of a list whose inserts are arrays. */
export function deltaJson (delta) {
  return delta.map(({ attributes, ...op }) => {
    if (isObject(op.insert)) op.insert = toJson(op.insert)
    return attributes === undefined ? op : { ...op, attributes: sorted(attributes) }
  })
}
