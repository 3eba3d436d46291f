using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MonaLisa.ReferenceRaiser;

namespace MonaLisa.Cmdlets.Tests;

/// <summary>The staged engine asks for its libraries by versions that nobody else has.</summary>
public class RaisedReferencesTests
{
    private const string Name = "System.Runtime";

    private static readonly byte[] Plain = File.ReadAllBytes(typeof(RaisedReferences).Assembly.Location);

    [Fact]
    public void Only_the_version_of_the_named_reference_changes()
    {
        byte[] raised = [.. Plain];
        RaisedReferences.Raise(raised, [Name]);
        Assert.InRange(Enumerable.Range(0, Plain.Length).Count(i => raised[i] != Plain[i]), 1, sizeof(ushort));
        Dictionary<string, Version> before = References(Plain), after = References(raised);
        Version version = before[Name];
        Assert.Equal(new Version(RaisedReferences.MajorVersion, version.Minor, version.Build, version.Revision), after[Name]);
        before.Remove(Name);
        after.Remove(Name);
        Assert.NotEmpty(before);
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_reference_that_is_not_there_is_an_error()
    {
        byte[] raised = [.. Plain];
        var error = Assert.Throws<InvalidDataException>(() => RaisedReferences.Raise(raised, ["OxyPlot"]));
        Assert.Contains("OxyPlot", error.Message);
    }

    [Fact]
    public void The_staged_engine_asks_so_for_each_library_and_for_nothing_else()
    {
        IEnumerable<string> libraries = Directory.GetFiles(Path.Combine(StagedModule.Folder, "dependencies"))
            .Select(file => Path.GetFileNameWithoutExtension(file));
        IEnumerable<string> raised = References(File.ReadAllBytes(Path.Combine(StagedModule.Folder, "MonaLisa.Engine.dll")))
            .Where(reference => reference.Value.Major == RaisedReferences.MajorVersion).Select(reference => reference.Key);
        Assert.Equal(["Google.Protobuf", "NetVips", "OxyPlot"], raised.Order(StringComparer.Ordinal));
        Assert.Equal(raised.Order(StringComparer.Ordinal), libraries.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, Version> References(byte[] image)
    {
        using var file = new PEReader(new MemoryStream(image));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
    }
}
