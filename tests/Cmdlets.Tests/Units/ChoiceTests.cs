using System.Management.Automation;
using System.Reflection;
using MonaLisa.Engine;
using MonaLisa.PowerShell;

namespace MonaLisa.Cmdlets.Tests;

public sealed class ChoiceTests
{
    private static readonly PropertyInfo[] Parameters =
        [.. from command in typeof(NewPixelDatasetCommand).Assembly.GetExportedTypes()
            where command.IsDefined(typeof(CmdletAttribute), inherit: false)
            from property in command.GetProperties()
            where property.IsDefined(typeof(ParameterAttribute))
            select property];

    /// <summary>The enumerations that parameters choose from.</summary>
    public static TheoryData<Type> Enumerations => [.. Parameters.Select(Chosen).OfType<Type>().Distinct()];

    [Theory]
    [InlineData("Sine")]
    [InlineData("sine")]
    [InlineData(" sin ")]
    [InlineData(Activation.Sine)]
    public void Names_in_any_case_their_beginnings_and_values_are_taken(object given)
    {
        var sine = new PowerShell.Choices.Activation(Activation.Sine);
        Assert.Equal(sine, LanguagePrimitives.ConvertTo<PowerShell.Choices.Activation>(given));
        Assert.Equal(sine, LanguagePrimitives.ConvertTo<PowerShell.Choices.Activation>(PSObject.AsPSObject(given)));
        Assert.Equal([sine], LanguagePrimitives.ConvertTo<PowerShell.Choices.Activation[]>(given));
        Assert.True(LanguagePrimitives.Equals(sine, given, ignoreCase: true));
    }

    [Fact]
    public void Of_several_each_is_taken() =>
        Assert.Equal(
            [new(Activation.Tanh), new(Activation.ReLU)],
            LanguagePrimitives.ConvertTo<PowerShell.Choices.Activation[]>(new object[] { "tanh", Activation.ReLU }));

    [Theory]
    [InlineData("Identity")]
    [InlineData("Siren")]
    [InlineData("si")]
    [InlineData("")]
    [InlineData(6)]
    [InlineData("6")]
    [InlineData(99)]
    public void Another_is_named_and_so_is_what_can_be_chosen(object given)
    {
        string message = Assert.ThrowsAny<PSInvalidCastException>(() => LanguagePrimitives.ConvertTo<PowerShell.Choices.Activation>(given)).Message;
        Assert.Contains($"'{given}' cannot be chosen", message);
        Assert.Contains("ReLU, LeakyReLU, Tanh, Sigmoid, Sine, Gaussian, FINER, WIRE, GELU", message);
        Assert.DoesNotContain("Identity,", message);
    }

    [Fact]
    public void Several_in_a_text_are_not_added_up()
    {
        string message = Assert.Throws<FormatException>(() => PowerShell.Choices.Activation.Parse("LeakyReLU,Sigmoid")).Message;
        Assert.Contains("several values", message);
        Assert.Contains("Invoke-MlpExperiment @{ Activation = 'LeakyReLU', 'Sigmoid' }", message);
        Assert.DoesNotContain("Invoke-MlpExperiment", Assert.Throws<FormatException>(() => PowerShell.Choices.AxisScale.Parse("Linear, Log")).Message);
    }

    [Theory]
    [InlineData("Jpeg", PictureFileFormat.Jpg)]
    [InlineData("jpg", PictureFileFormat.Jpg)]
    [InlineData("TIFF", PictureFileFormat.Tif)]
    [InlineData("tif", PictureFileFormat.Tif)]
    public void Formats_have_the_names_of_both_their_extensions(string name, PictureFileFormat format) =>
        Assert.Equal(format, PowerShell.Choices.PictureFormat.Parse(name).Value);

    [Theory, MemberData(nameof(Enumerations))]
    public void Every_value_says_what_it_is_in_a_line(Type enumeration)
    {
        object all = typeof(ChoiceList<>).MakeGenericType(enumeration).GetProperty(nameof(ChoiceList<>.All))!.GetValue(null)!;
        (string Name, string Text)[] told =
            [.. ((System.Collections.IEnumerable)all).Cast<System.Runtime.CompilerServices.ITuple>().Select(row => (row[0]!.ToString()!, (string)row[1]!))];
        // The output layer's activation is not the hidden layers' to choose.
        Assert.Equal(Enum.GetNames(enumeration).Except(["Identity"]), told.Select(row => row.Name));
        Assert.All(told, row => Assert.InRange(row.Text.Length, 10, 110));
        Assert.Equal(told.Length, told.Select(row => row.Text).Distinct().Count());
    }

    [Fact]
    public void Every_enumeration_is_a_choice_and_every_choice_is_completed()
    {
        Assert.DoesNotContain(Parameters, property => Plain(property.PropertyType).IsEnum);
        PropertyInfo[] choices = [.. Parameters.Where(property => Chosen(property) is not null)];
        Assert.True(choices.Length >= 18, $"{choices.Length}");
        Assert.All(choices, property => Assert.Equal(
            typeof(ChoiceCompleter<>).MakeGenericType(Chosen(property)!), property.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type));
    }

    private static Type? Chosen(PropertyInfo property) =>
        Plain(property.PropertyType).BaseType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Choice<,>)
            ? type.GetGenericArguments()[1]
            : null;

    private static Type Plain(Type type) => type.IsArray ? Plain(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;
}
