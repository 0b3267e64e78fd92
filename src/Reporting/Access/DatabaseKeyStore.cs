using System.Xml.Linq;
using HccPipeline.Persistence.Access;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace HccPipeline.Reporting.Access;

/// <summary>Keeps the keys of cookies and forms in the database: they outlive a restart, and every process has the same.</summary>
internal sealed class DatabaseKeyStore(DataKeyRepository keys) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.List().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) => keys.Put(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
