/// What tests need to fail a process at a chosen place.
package equerry.api.fault;
