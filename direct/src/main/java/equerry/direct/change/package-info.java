/// One change of a repository: rows and files together.
package equerry.direct.change;
