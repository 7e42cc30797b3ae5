// The same questions asked of @neo4j/graphql, on Apollo's own standalone server.
//
//   URI=... PASSWORD=... PORT=... node offered.mjs
//
// An easier question than ours: nobody's consent is looked at, people and organisations are one
// type and no interface, and ties are sorted by a key that was stored for it.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Neo4jGraphQL } from '@neo4j/graphql';
import neo4j from 'neo4j-driver';

const typeDefs = `#graphql
  type Theme @node { uid: String! label: String! }
  type Tie @relationshipProperties { rank: String! }
  type Actor @node {
    uid: String!
    name: String!
    themes: [Theme!]! @relationship(type: "WORKS_ON", direction: OUT)
  }
  type Person @node(labels: ["Person"]) {
    uid: String!
    name: String!
    bio: String
    pronouns: String
    ties: [Actor!]! @relationship(type: "TIE", direction: OUT, properties: "Tie")
  }
  type Project @node {
    uid: String!
    name: String! @alias(property: "title")
    title: String!
    description: String
    starts: String
    ends: String
    amount: Float
    currency: String
    lessons: String
    status: String
  }
`;
const driver = neo4j.driver(
  process.env.URI, neo4j.auth.basic('neo4j', process.env.PASSWORD),
);
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const server = new ApolloServer({ schema });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(process.env.PORT) },
});
console.error(`ready ${url}`);
