using System.Xml.Linq;
using Microsoft.CodeAnalysis.CSharp;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Tests;

/// <summary>The sources lie in layers, whose references point downwards: docs/architecture.md has the drawing.</summary>
public class LayerTests
{
    private static readonly Layers EngineLayers = new("Platform", "Model", "Numerics", "Pictures", "Training", "Storage", "Output");

    /// <summary>The projects, the lowest first.</summary>
    private static readonly string[] Projects = ["src/Engine/MonaLisa.Engine.csproj", "src/Cmdlets/MonaLisa.PS.csproj", "src/Shell/MonaLisa.Shell.csproj"];

    [Fact]
    public void The_engine_s_references_point_downwards()
    {
        Findings.AssertNone(SourceReferences.ErrorsOf(SourceProjects.Engine));
        IReadOnlyCollection<SourceReference> references = SourceReferences.Of(SourceProjects.Engine);
        Findings.AssertNone(EngineLayers.UpwardReferences(references));
        Findings.AssertNone(Layers.Cycles(references));
    }

    [Fact]
    public void The_commands_references_point_downwards() => Findings.AssertNone(SourceReferences.ErrorsOf(SourceProjects.Commands));

    [Fact]
    public void The_projects_references_point_downwards()
    {
        for (int project = 0; project < Projects.Length; project++)
        {
            string file = Path.Combine(SamplePictures.Repository(), Projects[project]);
            IEnumerable<string> used = XDocument.Load(file).Descendants("ProjectReference")
                .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
                .Select(reference => Path.GetFileName(reference.Attribute("Include")!.Value));
            Assert.Empty(used.Except(Projects[..project].Select(path => Path.GetFileName(path))));
        }
    }

    [Fact]
    public void An_upward_reference_is_found()
    {
        IReadOnlyCollection<SourceReference> references = ReferencesOf(
            ("Low/Width.cs", "namespace Low; static class Width { public static int Twice => 2 * High.Limits.Most; }"),
            ("High/Limits.cs", "namespace High; static class Limits { public const int Most = 5; }"));
        Assert.Contains(new SourceReference("Low/Width.cs", "High/Limits.cs", "Limits.Most"), references);
        Assert.NotEmpty(new Layers("Low", "High").UpwardReferences(references));
        Assert.Empty(new Layers("High", "Low").UpwardReferences(references));
        Assert.NotEmpty(new Layers("Low").UpwardReferences(references));
    }

    [Theory]
    [InlineData("class A { object B() => new High.B(); }")]
    [InlineData("class A { High.B B() => new(); }")]
    [InlineData("class A { void B() { var b = High.Make.One(); } }")]
    [InlineData("class A : High.B;")]
    [InlineData("class A { int B(int b) => High.Make.Doubled(b); }")]
    [InlineData("using High; class A { int B(int b) => b.Doubled(); }")]
    [InlineData("class A { string B() => nameof(High.B); }")]
    [InlineData("[High.C] class A;")]
    [InlineData("class A { T B<T>() where T : High.B => null!; }")]
    public void Every_way_to_use_a_file_is_seen(string text) =>
        Assert.NotEmpty(new Layers("Low", "High").UpwardReferences(ReferencesOf(
            ("Low/A.cs", text),
            ("High/B.cs", "namespace High; class B;"),
            ("High/C.cs", "namespace High; class CAttribute : System.Attribute;"),
            ("High/Make.cs", "namespace High; static class Make { public static B One() => new(); public static int Doubled(this int b) => 2 * b; }"))));

    [Fact]
    public void A_cycle_between_folders_is_found()
    {
        IReadOnlyCollection<SourceReference> references = ReferencesOf(
            ("Low/One/A.cs", "class A { B? Next; }"), ("Low/Two/B.cs", "class B { C? Next; }"), ("Low/Three/C.cs", "class C { A? Next; }"),
            ("Low/D.cs", "class D { A? First; }"));
        string cycle = Assert.Single(Layers.Cycles(references));
        Assert.Equal("Low/One/A.cs uses B of Low/Two/B.cs; Low/Two/B.cs uses C of Low/Three/C.cs; Low/Three/C.cs uses A of Low/One/A.cs", cycle);
        Assert.Empty(new Layers("Low").UpwardReferences(references));
        Assert.Empty(Layers.Cycles(references.Where(reference => reference.Name != "A")));
    }

    [Fact]
    public void Using_a_namespace_uses_no_file() => Assert.Empty(ReferencesOf(
        ("Low/A.cs", "using High; namespace Low; class A;"), ("High/B.cs", "namespace High; class B;")));

    private static IReadOnlyCollection<SourceReference> ReferencesOf(params (string Path, string Text)[] files)
    {
        CSharpCompilation compilation = SourceReferences.Compile(files);
        Findings.AssertNone(SourceReferences.ErrorsOf(compilation));
        return SourceReferences.Of(compilation);
    }
}
