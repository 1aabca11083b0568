/// What a datastore's configuration says about single datasets: how their files are called, who
/// reads them, whether they are taken at all.
package equerry.datastore.template;
