/// Makes new repositories.
package equerry.direct.create;
