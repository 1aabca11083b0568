/// What can be wrong with a repository, in words.
package equerry.api.doctor;
