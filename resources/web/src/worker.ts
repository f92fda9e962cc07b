// Keeps the page itself in this browser, so that a document opens without a connection. A service
// worker: a program of its own, beside the pages. The page that the server has now always comes
// first; what is kept is for when nobody answers. Documents are not its business (local_copy.ts).

/** What the page is made of, as `pack.mjs` found it, and a name that changes with it. */
declare const files: string[]
declare const version: string

interface ExtendableEvent extends Event { waitUntil: (work: Promise<unknown>) => void }
interface FetchEvent extends ExtendableEvent {
  request: Request
  respondWith: (answer: Promise<Response>) => void
}
interface Scope {
  location: Location
  addEventListener: ((type: 'install' | 'activate', listener: (event: ExtendableEvent) => void) => void) &
  ((type: 'fetch', listener: (event: FetchEvent) => void) => void)
  skipWaiting: () => Promise<void>
}

const scope = globalThis as unknown as Scope
const prefix = 'cowrite.page.'
const name = prefix + version
/** Every document has the same page. */
const pageKey = '/r/'
const documentPath = /^\/r\/[^/]+\/?$/
/** A line that is up but carries nothing must not keep the page from being shown, in milliseconds. */
const patience = 4_000

async function keep (): Promise<void> {
  const cache = await caches.open(name)
  const page = await fetch(`${pageKey}page`, { headers: { Accept: 'text/html' }, cache: 'no-cache' })
  if (!page.ok) throw new Error('there is no page')
  await Promise.all([cache.put(pageKey, page), cache.addAll(files)])
  await scope.skipWaiting()
}

async function forgetOthers (): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter(other => other.startsWith(prefix) && other !== name).map(other => caches.delete(other)))
}

async function pageFor (request: Request): Promise<Response> {
  const kept = caches.match(pageKey, { cacheName: name })
  const asked = fetch(request)
  const late = new Promise<Response | undefined>(resolve => setTimeout(() => { resolve(kept) }, patience))
  try {
    const answer = await Promise.race([asked, late]) ?? await asked
    // A proxy whose server is down.
    return answer.status < 500 ? answer : await kept ?? answer
  } catch {
    return await kept ?? Response.error()
  }
}

async function fileFor (request: Request): Promise<Response> {
  return await caches.match(request, { cacheName: name }) ?? await fetch(request)
}

scope.addEventListener('install', event => { event.waitUntil(keep()) })
scope.addEventListener('activate', event => { event.waitUntil(forgetOthers()) })
scope.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== scope.location.origin) return
  if (request.mode === 'navigate' && documentPath.test(pathname)) event.respondWith(pageFor(request))
  else if (files.includes(pathname)) event.respondWith(fileFor(request))
})

export {}
