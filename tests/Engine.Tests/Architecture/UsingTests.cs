using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// The namespaces that a file uses stand in the order that <c>dotnet format</c> gives them. The compiler checks the rest of the code's form, but
/// not this.
/// </summary>
public class UsingTests
{
    [Fact]
    public void They_are_in_order() =>
        Assert.DoesNotContain(RepositoryPaths.All(), path => path.EndsWith(".cs", StringComparison.Ordinal) &&
            !IsInOrder(File.ReadAllText(SamplePictures.Repository() + path)));

    [Theory]
    [InlineData(true, "using System; using System.Text; using Alpha; using Beta.Gamma; using static Alpha.One; using One = Alpha.One;")]
    [InlineData(false, "using Alpha; using System;")]
    [InlineData(false, "using Beta; using Alpha;")]
    [InlineData(false, "using System.Text; using System;")]
    [InlineData(false, "using static Alpha.One; using Alpha;")]
    [InlineData(false, "using One = Alpha.One; using static Alpha.One;")]
    public void Another_order_is_seen(bool isInOrder, string text) => Assert.Equal(isInOrder, IsInOrder(text));

    private static bool IsInOrder(string text)
    {
        UsingDirectiveSyntax[] given = [.. CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot().Usings];
        return given.OrderBy(directive => directive.Alias is not null ? 2 : directive.StaticKeyword != default ? 1 : 0)
            .ThenBy(directive => directive.Alias?.Name.ToString() ?? "", StringComparer.Ordinal)
            .ThenBy(directive => IsSystem(directive.NamespaceOrType.ToString()) ? 0 : 1)
            .ThenBy(directive => directive.NamespaceOrType.ToString(), StringComparer.Ordinal)
            .SequenceEqual(given);
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);
}
