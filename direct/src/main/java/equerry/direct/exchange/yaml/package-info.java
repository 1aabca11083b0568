/// YAML as the stock package reads and writes it: the types of YAML 1.1 as PyYAML has them, and the
/// tags of export documents. Read as a stream, within named limits; written letter for letter as
/// PyYAML does.
package equerry.direct.exchange.yaml;
