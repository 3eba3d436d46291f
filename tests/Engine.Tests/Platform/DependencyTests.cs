using System.Reflection;
using System.Runtime.Loader;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Tests;

public class DependencyTests
{
    [Fact]
    public void The_engine_is_built_on_these() =>
        Assert.Equal(
            ["Google.Protobuf", "NetVips", "OxyPlot"],
            DependencyContext.Dependencies.Select(name => name.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void A_program_that_references_the_engine_finds_them_by_itself()
    {
        foreach (AssemblyName name in DependencyContext.Dependencies)
        {
            Assembly library = Assembly.Load(name);
            Assert.Same(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(library));
            Assert.Equal(DependencyContext.FileOf(name.Name!), library.Location);
        }
    }

    [Fact]
    public void A_library_that_is_missing_is_named()
    {
        var missing = new FileNotFoundException(
            "Could not load file or assembly 'OxyPlot, Version=65534.2.0.0, Culture=neutral, PublicKeyToken=638079a8f0bd61e9'.",
            "OxyPlot, Version=65534.2.0.0, Culture=neutral, PublicKeyToken=638079a8f0bd61e9");
        DependencyException? found = DependencyException.Find(new AggregateException(new InvalidOperationException("outer", missing)));
        Assert.NotNull(found);
        Assert.Equal("OxyPlot", found.Dependency);
        Assert.Contains(DependencyContext.FileOf("OxyPlot"), found.Message);
        Assert.Contains("Install MonaLisa.PS again", found.Message);
        Assert.Same(missing, found.InnerException);
    }

    [Fact]
    public void A_member_that_is_missing_names_its_library()
    {
        DependencyException? found = DependencyException.Find(
            new MissingMethodException("Method not found: 'Void Google.Protobuf.CodedOutputStream.WriteInt64(Int64)'."));
        Assert.Equal("Google.Protobuf", found?.Dependency);
    }

    [Fact]
    public void Other_failures_are_none_of_a_library()
    {
        Assert.Null(DependencyException.Find(new IOException("NetVips")));
        Assert.Null(DependencyException.Find(new FileNotFoundException("Could not find file", "/pictures/OxyPlot.png")));
        Assert.Null(DependencyException.Find(new TypeLoadException("Could not load type 'Some.Other'.")));
    }
}
