// Has the page itself kept in this browser (worker.ts), so that it opens without a connection.

const address = '/assets/worker.js'

interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => { createScriptURL: (url: string) => string }
}

/** Does nothing where browsers allow no such thing: over plain HTTP from another computer, or with a
 * certificate that nobody vouches for. The page works as well, with a connection. */
export async function keepPage (): Promise<void> {
  try {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
    // The one script that may be named at run time, and the one policy that the server allows.
    const policy = trustedTypes?.createPolicy('cowrite', { createScriptURL: () => address })
    await navigator.serviceWorker.register(policy?.createScriptURL(address) ?? address, { scope: '/r/' })
  } catch {
    // Then not.
  }
}
