using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MonaLisa.Engine.Tests;

/// <summary>The projects' sources, compiled in memory.</summary>
internal static class SourceProjects
{
    private static readonly Lazy<CSharpCompilation> EngineSources = new(() => SourceReferences.Compile(FilesOf("src/Engine")));

    private static readonly Lazy<CSharpCompilation> CommandSources = new(() => SourceReferences.Compile(
        FilesOf("src/Cmdlets"), Engine.ToMetadataReference(), MetadataReference.CreateFromFile(PowerShellStandard)).WithAssemblyName("Commands"));

    /// <summary>The engine.</summary>
    public static CSharpCompilation Engine => EngineSources.Value;

    /// <summary>The commands.</summary>
    public static CSharpCompilation Commands => CommandSources.Value;

    private static string PowerShellStandard => typeof(SourceProjects).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == nameof(PowerShellStandard)).Value!;

    private static IEnumerable<(string Path, string Text)> FilesOf(string project)
    {
        string folder = Path.Combine(SamplePictures.Repository(), project);
        return from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
               let path = Path.GetRelativePath(folder, file).Replace('\\', '/')
               where !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal)
               orderby path
               select (path, File.ReadAllText(file));
    }
}
