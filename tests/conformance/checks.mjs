// Each check is a line of JSON: what was looked at, and why it is not so if it is not.
export const check = async (name, ask) => {
  try {
    await ask()
    console.log(JSON.stringify({ name, ok: true }))
  } catch (error) {
    console.log(JSON.stringify({ name, ok: false, reason: error?.message ?? JSON.stringify(error) }))
  }
}

export const equal = (got, wanted) => {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) throw Error(`${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
}

export const all = async iterator => {
  const got = []
  for await (const each of iterator) got.push(each)
  return got
}

export const [url, token, load] = process.argv.slice(2)
export const WHO = '{ viewer { level } }'
export const STEWARD = { data: { viewer: { level: 'STEWARD' } } }
export const PROGRESS = 'subscription Progress($load: ID!) { loadProgress(load: $load) { id state accepted } }'
