using System.Reflection;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine;

/// <summary>
/// A library of the engine could not be loaded, or another module's copy of it was loaded and does not fit. The message names the file and
/// the remedy.
/// </summary>
public sealed class DependencyException : Exception
{
    private DependencyException(string dependency, string message, Exception innerException) : base(message, innerException) =>
        Dependency = dependency;

    /// <summary>The simple name of the library's assembly.</summary>
    public string Dependency { get; }

    /// <summary>The failure of a library that an exception, or one that it wraps, comes from; null where there is none.</summary>
    public static DependencyException? Find(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            if (LoadFailure.Is(cause)
                && DependencyContext.Dependencies.FirstOrDefault(name => Names(cause, name.Name!)) is AssemblyName dependency)
                return Of(dependency, cause);
        return null;
    }

    // The libraries' namespaces have their assemblies' names, so that a missing member names its library too.
    private static bool Names(Exception cause, string name) =>
        cause.Message.Contains(name, StringComparison.Ordinal)
            || cause is BadImageFormatException { FileName: string file } && file.Contains(name, StringComparison.Ordinal);

    private static DependencyException Of(AssemblyName dependency, Exception cause)
    {
        string name = dependency.Name!, own = DependencyContext.FileOf(name);
        string message = OtherCopy(dependency, own) is Assembly other
            ? $"MonaLisa.PS has its own {name}, '{own}', but this session has taken another module's for it, '{other.Location}' " +
              $"(version {other.GetName().Version}), which does not fit. Start a new session and import MonaLisa.PS first."
            : $"MonaLisa.PS cannot load '{own}': {Reason(own, cause)}. " +
              $"Install MonaLisa.PS again, with its whole '{DependencyContext.FolderName}' folder.";
        return new DependencyException(name, message, cause);
    }

    private static string Reason(string own, Exception cause) => !File.Exists(own) ? "it is not there"
        : cause is BadImageFormatException ? "it is damaged"
        : cause.Message.Split('\n')[0].Trim().TrimEnd('.');

    // The assembly that the engine's reference resolved to, where that is another file.
    private static Assembly? OtherCopy(AssemblyName dependency, string own)
    {
        try
        {
            Assembly taken = Assembly.Load(dependency);
            return taken.Location.Length == 0 || taken.Location == own ? null : taken;
        }
        catch (Exception exception) when (LoadFailure.Is(exception))
        {
            return null;
        }
    }
}
