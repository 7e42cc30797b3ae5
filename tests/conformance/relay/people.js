// What a Relay application asks: a list that goes on, a row that is asked anew by its id, a change.
import { graphql } from 'react-relay'

export const page = graphql`
  query peopleQuery($first: Int!) {
    ...people_list @arguments(first: $first)
  }
`

export const list = graphql`
  fragment people_list on Query
  @refetchable(queryName: "peopleListQuery")
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" }) {
    people(first: $first, after: $after) @connection(key: "people_list_people") {
      totalCount
      edges { cursor node { id ...people_row } }
    }
  }
`

export const row = graphql`
  fragment people_row on Person
  @refetchable(queryName: "peopleRowQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 10 }, after: { type: "String" }) {
    name
    places { id name }
    ties(first: $first, after: $after) @connection(key: "people_row_ties") {
      edges { node { label to { __typename id name } } }
    }
  }
`

export const add = graphql`
  mutation peopleAddMutation($input: AddThing!) {
    add(input: $input) { changed sentence thing { id name } bookmark }
  }
`
