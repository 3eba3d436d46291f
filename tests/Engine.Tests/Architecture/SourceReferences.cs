using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MonaLisa.Engine.Tests;

/// <summary>A file that uses something that another file declares.</summary>
/// <param name="From">The file, its path relative to the project's folder.</param>
/// <param name="To">The other file.</param>
/// <param name="Name">What is used of it.</param>
internal sealed record SourceReference(string From, string To, string Name);

/// <summary>
/// Finds what files use of each other. It reads sources and not an assembly, in which constants are inlined and documentation says
/// nothing of files.
/// </summary>
internal static class SourceReferences
{
    // What the SDK adds to each file of a project.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // What the engine's project file says of the assembly of the commands.
    private const string Friends = """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Commands")]""";

    // A partial member whose other part a source generator writes.
    private const string GeneratedPart = "CS8795";

    /// <summary>Compiles files in memory.</summary>
    /// <param name="files">Path and text of each.</param>
    /// <param name="references">What they are compiled against besides .NET and the packages of these tests.</param>
    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> files, params IEnumerable<MetadataReference> references)
    {
        var syntax = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.None);
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
        return CSharpCompilation.Create(
            "Sources", [.. files.Append(("", ImplicitUsings)).Append(("", Friends)).Select(file => CSharpSyntaxTree.ParseText(file.Item2, syntax, file.Item1))],
            [.. Libraries(), .. references], options);
    }

    /// <summary>What keeps files from being understood.</summary>
    public static IEnumerable<string> ErrorsOf(CSharpCompilation compilation) => compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != GeneratedPart)
        .Select(diagnostic => diagnostic.ToString());

    /// <summary>Each use of something that another file of the compilation declares, once.</summary>
    public static IReadOnlyCollection<SourceReference> Of(CSharpCompilation compilation)
    {
        var references = new HashSet<SourceReference>();
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
                if (node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax
                    && Declared(model.GetSymbolInfo(node).Symbol) is ISymbol symbol)
                    foreach (SyntaxReference declaration in symbol.DeclaringSyntaxReferences)
                        if (declaration.SyntaxTree != tree && compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                            references.Add(new(tree.FilePath, declaration.SyntaxTree.FilePath, symbol.ToDisplayString(Names)));
        }
        return references;
    }

    private static SymbolDisplayFormat Names => SymbolDisplayFormat.CSharpShortErrorMessageFormat;

    // A namespace is no thing of a file; a constructor that nobody wrote is its type's.
    private static ISymbol? Declared(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol => null,
        IMethodSymbol { IsImplicitlyDeclared: true } method => method.ContainingType.OriginalDefinition,
        IMethodSymbol { ReducedFrom: IMethodSymbol extension } => extension.OriginalDefinition,
        _ => symbol.OriginalDefinition,
    };

    private static IEnumerable<MetadataReference> Libraries() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(file => Path.GetFileName(file) is not ("MonaLisa.Engine.dll" or "Engine.Tests.dll"))
        .Select(file => MetadataReference.CreateFromFile(file));
}
