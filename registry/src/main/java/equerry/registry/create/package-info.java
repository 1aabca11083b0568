/// Makes the tables of new repositories.
package equerry.registry.create;
