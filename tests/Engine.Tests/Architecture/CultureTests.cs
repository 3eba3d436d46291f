using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// Texts are the same in every culture: a message in a German session must not propose a learning rate of 0,0001, which PowerShell reads
/// as two numbers. These tests themselves run without cultures, so they read the sources.
/// </summary>
public class CultureTests
{
    [Fact]
    public void No_text_of_the_engine_depends_on_the_culture() => Findings.AssertNone(CultureTexts(SourceProjects.Engine));

    [Fact]
    public void No_text_of_the_commands_depends_on_the_culture() => Findings.AssertNone(CultureTexts(SourceProjects.Commands));

    [Theory]
    [InlineData("""string B(double c) => $"{c}";""")]
    [InlineData("""string B(float? c) => "d" + $"{c:G3}" + "e";""")]
    [InlineData("""string B(long c) => $"{c:N0}";""")]
    [InlineData("""string B(object c) => $"{c}";""")]
    [InlineData("""string B<T>(T c) => $"{c}";""")]
    [InlineData("""string B(double c) => "d" + c;""")]
    [InlineData("""string B(double c) => c.ToString("G3");""")]
    [InlineData("""string B(double c) => FormattableString.Invariant($"{1}{$"{c}"}");""")]
    public void A_text_of_the_culture_is_found(string member) => Assert.Single(CultureTexts(Class(member)));

    [Theory]
    [InlineData("""string B(double c) => FormattableString.Invariant($"{c}");""")]
    [InlineData("""string B(double c) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{c}" + $"{c:N0}");""")]
    [InlineData("""string B(double c) => c.ToString("G3", null);""")]
    [InlineData("""string B(int c, System.TimeSpan d) => $"{c} {d}" + c;""")]
    [InlineData("""string B<T>(T c) where T : struct, System.Enum => $"{c}";""")]
    public void Another_text_is_not(string member) => Assert.Empty(CultureTexts(Class(member)));

    private static CSharpCompilation Class(string member) => SourceReferences.Compile([("A.cs", $"class A {{ {member} }}")]);

    private static IEnumerable<string> CultureTexts(CSharpCompilation compilation) =>
        from tree in compilation.SyntaxTrees
        let model = compilation.GetSemanticModel(tree)
        from node in tree.GetRoot().DescendantNodes()
        where IsOfCulture(node, model)
        select $"{tree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {node}";

    private static bool IsOfCulture(SyntaxNode node, SemanticModel model) => node switch
    {
        InterpolationSyntax hole => IsText(hole.Parent!, model) &&
            (IsFraction(hole.Expression, model) || MayBeFraction(hole.Expression, model) || hole.FormatClause?.FormatStringToken.Text.StartsWith('N') == true),
        BinaryExpressionSyntax sum when model.GetTypeInfo(sum).Type?.SpecialType == SpecialType.System_String =>
            IsFraction(sum.Left, model) || IsFraction(sum.Right, model),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: nameof(ToString) } call } invocation =>
            IsFraction(call.Expression, model) && model.GetSymbolInfo(invocation).Symbol is IMethodSymbol method &&
            !method.Parameters.Any(parameter => parameter.Type.Name == nameof(IFormatProvider)),
        _ => false,
    };

    // Strings that are added up are converted together.
    private static bool IsText(SyntaxNode text, SemanticModel model)
    {
        while (text.Parent is ParenthesizedExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            text = text.Parent;
        return model.GetTypeInfo(text).ConvertedType?.SpecialType == SpecialType.System_String;
    }

    private static bool MayBeFraction(ExpressionSyntax value, SemanticModel model) =>
        model.GetTypeInfo(value).Type is { SpecialType: SpecialType.System_Object } or ITypeParameterSymbol { ConstraintTypes.IsEmpty: true };

    private static bool IsFraction(ExpressionSyntax value, SemanticModel model)
    {
        ITypeSymbol? type = model.GetTypeInfo(value).Type;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            type = nullable.TypeArguments[0];
        return type?.SpecialType is SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Decimal || type?.Name == nameof(Half);
    }
}
