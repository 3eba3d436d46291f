using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace MonaLisa.ReferenceRaiser;

/// <summary>
/// Raises the versions that an assembly asks of other assemblies. .NET takes an assembly that is loaded already for every reference of its
/// name with the same version or an older one. A reference with a version that nobody has is never answered so: the assembly that asks,
/// or its resolver, decides which file is meant.
/// </summary>
internal static class RaisedReferences
{
    /// <summary>The major version that is asked for instead: the highest there is (65,535 would mean any).</summary>
    public const ushort MajorVersion = 65_534;

    /// <summary>Raises the references to some assemblies.</summary>
    /// <param name="image">The assembly's file, which is changed.</param>
    /// <param name="names">The simple names of the assemblies.</param>
    /// <exception cref="InvalidDataException">One of them is not referenced.</exception>
    public static void Raise(byte[] image, IEnumerable<string> names)
    {
        using var file = new PEReader(new MemoryStream(image));
        MetadataReader metadata = file.GetMetadataReader();
        Dictionary<string, AssemblyReferenceHandle> references = metadata.AssemblyReferences.ToDictionary(
            handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        foreach (string name in names)
        {
            if (!references.TryGetValue(name, out AssemblyReferenceHandle handle))
                throw new InvalidDataException($"The assembly does not reference {name}. Reference it, or leave it out of the module.");
            BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(RowOf(handle)), MajorVersion);
        }

        // ECMA-335, II.22.5: a row of the table AssemblyRef begins with the major version, of two bytes.
        int RowOf(AssemblyReferenceHandle handle) =>
            file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.AssemblyRef)
                + (MetadataTokens.GetRowNumber(handle) - 1) * metadata.GetTableRowSize(TableIndex.AssemblyRef);
    }
}
