/// Moving datasets between repositories, documents and folders.
package equerry.api.transfer;
