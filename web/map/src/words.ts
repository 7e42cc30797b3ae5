// The words of the design, in one place: actor, tie, thick, middling, thin, not yet known.
export type Label = 'THICK' | 'MIDDLING' | 'THIN' | 'NOT_YET_KNOWN'
export type Kind = 'PERSON' | 'ORGANISATION' | 'NETWORK'

export const LABELS: readonly Label[] = ['THICK', 'MIDDLING', 'THIN', 'NOT_YET_KNOWN']
export const LABEL: Record<Label, string> = {
  THICK: 'thick', MIDDLING: 'middling', THIN: 'thin', NOT_YET_KNOWN: 'not yet known',
}
export const MEANS: Record<Label, string> = {
  THICK: 'could ask each other a great deal',
  MIDDLING: 'know each other well enough',
  THIN: 'have met',
  NOT_YET_KNOWN: 'too little has been heard to say',
}
export const KINDS: readonly Kind[] = ['PERSON', 'ORGANISATION', 'NETWORK']
export const KIND: Record<Kind, string> = {
  PERSON: 'person', ORGANISATION: 'organisation', NETWORK: 'network',
}
export const PLURAL: Record<Kind, string> = {
  PERSON: 'people', ORGANISATION: 'organisations', NETWORK: 'networks',
}
const EVIDENCE: Record<string, string> = {
  CLOSENESS: 'said how close they are',
  WOULD_INTRODUCE: 'said whether they would introduce each other',
  FELT: 'said how the tie feels',
  FREQUENCY: 'said how often they are in touch',
  ROLE: 'one has a role in the other',
  JOINT_WORK: 'worked on one thing',
  CONTACT_DAY: 'met, called or wrote',
  STATED_TIE: 'a source says they are tied',
  NO_TIE: 'a source says they are not tied',
}
export const evidence = (kinds: readonly string[]): string =>
  kinds.map(kind => EVIDENCE[kind] ?? kind.toLowerCase()).join('; ')

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
export const day = (iso: string): string => DAY.format(new Date(`${iso}T00:00:00Z`))

const NUMBER = new Intl.NumberFormat('en-GB')
export const many = (count: number, one: string, more = `${one}s`): string =>
  `${NUMBER.format(count)} ${count === 1 ? one : more}`
export const number = (count: number): string => NUMBER.format(count)
/** In the order of names: nobody is ranked. */
export const byName = new Intl.Collator('en-GB').compare
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
