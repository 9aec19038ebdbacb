using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text;
using Microsoft.Extensions.VectorData.ProviderServices;
using Microsoft.Extensions.VectorData.ProviderServices.Filter;
using Simile.VectorData.Model;
using Simile.VectorData.Values;

namespace Simile.VectorData.Filters;

/// <summary>Translates a C# predicate over a record to SQL, with C#'s meaning of null: every part is true or false, never null.</summary>
/// <remarks>Single use; not thread-safe.</remarks>
internal sealed class FilterTranslator(CollectionShape shape) : FilterTranslatorBase
{
    private readonly StringBuilder _sql = new();
    private readonly List<object> _values = [];
    private readonly Dictionary<ParameterExpression, Operand> _elements = [];

    /// <summary>The condition for a predicate; <see cref="FilterSql.All"/> for null.</summary>
    /// <exception cref="NotSupportedException">A part of the predicate has no translation.</exception>
    /// <exception cref="InvalidOperationException">The predicate names a property that the record lacks.</exception>
    public static FilterSql Translate(LambdaExpression? predicate, CollectionShape shape) =>
        predicate is null ? FilterSql.All : new FilterTranslator(shape).Run(predicate);

    private FilterSql Run(LambdaExpression predicate)
    {
        Condition(PreprocessFilter(predicate, shape.Model, new FilterPreprocessingOptions()));
        return new FilterSql(_sql.ToString(), [.. _values]);
    }

    private void Condition(Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } and:
                Join(and, "AND");
                break;
            case BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } or:
                Join(or, "OR");
                break;
            case UnaryExpression { NodeType: ExpressionType.Not } not:
                _sql.Append("(NOT ");
                Condition(not.Operand);
                _sql.Append(')');
                break;
            case BinaryExpression { NodeType: ExpressionType.Equal or ExpressionType.NotEqual } equality:
                Equality(equality.Left, equality.Right, equality.NodeType == ExpressionType.Equal);
                break;
            case BinaryExpression
            {
                NodeType: ExpressionType.LessThan or ExpressionType.LessThanOrEqual
                or ExpressionType.GreaterThan or ExpressionType.GreaterThanOrEqual
            } order:
                Order(order.Left, order.Right, order.NodeType);
                break;
            case MethodCallExpression call when TryCall(call):
                break;
            case MemberExpression { Member.Name: nameof(Nullable<>.HasValue), Expression: { } nullable } when TryOperand(
                nullable, out var operand):
                _sql.Append($"({operand.Sql} IS NOT NULL)");
                break;
            case var flag when TryOperand(flag, out var operand)
                && operand.Type is { List: null } && operand.Type.Scalar.Type == typeof(bool):
                _sql.Append($"({operand.Sql} IS 1)");
                break;
            case var constant when TryValue(constant, out var value) && value is bool or null:
                _sql.Append(value is true ? '1' : '0');
                break;
            default:
                throw Unsupported(expression);
        }
    }

    private void Join(BinaryExpression both, string with)
    {
        _sql.Append('(');
        Condition(both.Left);
        _sql.Append($" {with} ");
        Condition(both.Right);
        _sql.Append(')');
    }

    private void Equality(Expression left, Expression right, bool equal)
    {
        var not = equal ? string.Empty : " NOT";
        if (TryOperand(left, out var a) && TryOperand(right, out var b))
        {
            _sql.Append($"({a.Compared} IS{not} {Alike(a, b, left).Compared})");
        }
        else if (a is not null && TryValue(right, out var value) || TryOperand(right, out a) && TryValue(left, out value))
        {
            _sql.Append($"({a.Compared} IS{not} {Parameter(a.Type, value)})");
        }
        else if (IsCondition(left) && TryValue(right, out value) && value is bool wanted)
        {
            _sql.Append(wanted == equal ? "(" : "(NOT ");
            Condition(left);
            _sql.Append(')');
        }
        else
        {
            throw Unsupported(left);
        }
    }

    private static bool IsCondition(Expression expression) =>
        expression.Type == typeof(bool)
        && expression is BinaryExpression or MethodCallExpression or UnaryExpression { NodeType: ExpressionType.Not };

    private void Order(Expression left, Expression right, ExpressionType order)
    {
        var sign = order switch
        {
            ExpressionType.LessThan => "<",
            ExpressionType.LessThanOrEqual => "<=",
            ExpressionType.GreaterThan => ">",
            _ => ">=",
        };
        if (TryOperand(left, out var a) && TryOperand(right, out var b))
        {
            _sql.Append($"({a.Compared} {sign} {Alike(a, b, left).Compared} AND {a.Sql} IS NOT NULL AND {b.Sql} IS NOT NULL)");
        }
        else if (a is not null && TryValue(right, out var value))
        {
            Order(a, sign, value);
        }
        else if (TryOperand(right, out b) && TryValue(left, out value))
        {
            Order(b, sign.Replace('<', '#').Replace('>', '<').Replace('#', '>'), value);
        }
        else
        {
            throw Unsupported(left);
        }
    }

    // A comparison with null is false in C#.
    private void Order(Operand operand, string sign, object? value) =>
        _sql.Append(value is null ? "0" : $"({operand.Compared} {sign} {Parameter(operand.Type, value)} AND {operand.Sql} IS NOT NULL)");

    private bool TryCall(MethodCallExpression call)
    {
        if (TryMatchContains(call, out var source, out var item))
        {
            return TryContains(source, item);
        }

        switch (call)
        {
            case { Method.Name: nameof(Enumerable.Any), Arguments: [var list] } when call.Method.DeclaringType == typeof(Enumerable)
                && TryList(list, out var any):
                _sql.Append($"(coalesce(json_array_length({any.Sql}), 0) > 0)");
                return true;
            case { Method.Name: nameof(Enumerable.Any), Arguments: [var list, LambdaExpression test] } when call.Method.DeclaringType
                == typeof(Enumerable)
                && TryList(list, out var any):
                Any(any, test);
                return true;
            case
            {
                Method.Name: nameof(string.Contains) or nameof(string.StartsWith) or nameof(string.EndsWith),
                Object: { } text, Arguments: [var part]
            }
                when call.Method.DeclaringType == typeof(string) && TryOperand(text, out var operand)
                    && TryValue(part, out var value) && value is string or char or null:
                Part(operand, call.Method.Name, value?.ToString());
                return true;
            case { Method.Name: nameof(string.IsNullOrEmpty), Arguments: [var text] } when call.Method.DeclaringType == typeof(string)
                && TryOperand(text, out var operand):
                _sql.Append($"(coalesce({operand.Sql}, '') = '')");
                return true;
            case { Method.Name: nameof(Equals), Object: { } left, Arguments: [var right] }:
                Equality(left, right, equal: true);
                return true;
            case { Method.Name: nameof(Equals), Object: null, Arguments: [var left, var right] }:
                Equality(left, right, equal: true);
                return true;
            default:
                return false;
        }
    }

    private bool TryContains(Expression source, Expression item)
    {
        if (TryList(source, out var list) && TryValue(item, out var value))
        {
            var element = Scope();
            _sql.Append(
                $"EXISTS (SELECT 1 FROM json_each({list.Sql}) AS {element} WHERE {Operand.Element(list.Type.Scalar, $"{element}.value")} "
                + $"IS {Parameter(list.Type with { List = null }, value)})");
            return true;
        }

        if (TryOperand(item, out var operand) && TryValue(source, out var values) && values is IEnumerable several)
        {
            In(operand, [.. several.Cast<object?>()]);
            return true;
        }

        return false;
    }

    // One parameter for the whole list, however long it is.
    private void In(Operand operand, object?[] values)
    {
        var parameter = Bind(
            ColumnType.Json(values.Where(value => value is not null).Select(value => Encoded(operand.Type.Scalar, value!))), "TEXT");
        var isIn = $"({operand.Sql} IS NOT NULL AND {operand.Compared} IN (SELECT {Operand.Element(operand.Type.Scalar, "value")} FROM "
            + $"json_each({parameter})))";
        _sql.Append(values.Contains(null) ? $"({operand.Sql} IS NULL OR {isIn})" : isIn);
    }

    private void Any(Operand list, LambdaExpression test)
    {
        var element = Scope();
        _elements[test.Parameters[0]] = new Operand($"{element}.value", list.Type with { List = null }, IsElement: true);
        _sql.Append($"EXISTS (SELECT 1 FROM json_each({list.Sql}) AS {element} WHERE ");
        Condition(test.Body);
        _sql.Append(')');
        _elements.Remove(test.Parameters[0]);
    }

    // Ordinal, as string.Contains is; StartsWith and EndsWith follow the culture in C#, which no index can.
    private void Part(Operand operand, string method, string? part)
    {
        var parameter = Bind(part ?? throw new ArgumentException($"A filter passes null to {method}: compare with null instead."), "TEXT");
        _sql.Append(method switch
        {
            nameof(string.Contains) => $"(coalesce(instr({operand.Sql}, {parameter}), 0) > 0)",
            nameof(string.StartsWith) =>
                $"(coalesce(substr({operand.Sql}, 1, length({parameter})), '') = {parameter} AND {operand.Sql} IS NOT NULL)",
            _ when part.Length == 0 => $"({operand.Sql} IS NOT NULL)",
            _ => $"(coalesce(substr({operand.Sql}, -length({parameter})), '') = {parameter})",
        });
    }

    private string Scope() => $"e{_elements.Count}";

    private bool TryList(Expression expression, [NotNullWhen(true)] out Operand? operand) =>
        TryOperand(expression, out operand) && operand.Type.List is not null;

    private bool TryOperand(Expression expression, [NotNullWhen(true)] out Operand? operand)
    {
        operand = null;
        var inner = Unwrapped(expression);
        if (inner is MemberExpression { Member.Name: nameof(Nullable<>.Value), Expression: { } nullable }
            && Nullable.GetUnderlyingType(nullable.Type) is not null)
        {
            return TryOperand(nullable, out operand);
        }

        if (inner is ParameterExpression parameter && _elements.TryGetValue(parameter, out operand))
        {
            return true;
        }

        if (!TryBindProperty(WithoutWidening(expression), out var property) || property is VectorPropertyModel)
        {
            return false;
        }

        var column = shape.ColumnOf(property);
        operand = new Operand($"r.{column.Name}", column.Type, IsElement: false);
        return true;
    }

    // C# widens a byte, a short, a char or an enumeration before it compares.
    private static Expression WithoutWidening(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert } convert
            && Number(convert.Operand.Type) is { } from && Number(convert.Type) >= from)
        {
            expression = convert.Operand;
        }

        return expression;
    }

    // The codes of numbers are in the order of C#'s implicit conversions.
    private static TypeCode? Number(Type type) =>
        Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.Char and <= TypeCode.Decimal and var code ? code : null;

    private static Expression Unwrapped(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert } convert)
        {
            expression = convert.Operand;
        }

        return expression;
    }

    private static bool TryValue(Expression expression, out object? value)
    {
        if (expression is ConstantExpression constant)
        {
            value = constant.Value;
            return true;
        }

        if (expression.Type.IsByRefLike || new ParameterSearch().IsIn(expression))
        {
            value = null;
            return false;
        }

        value = Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();
        return true;
    }

    private static Operand Alike(Operand a, Operand b, Expression where) =>
        a.Type.Scalar == b.Type.Scalar || a.Type.Scalar.IsInteger && b.Type.Scalar.IsInteger || Real(a) && Real(b)
            ? b
            : throw Unsupported(where);

    private static bool Real(Operand operand) => operand.Type.Scalar.Storage == "REAL" || operand.Type.Scalar.IsInteger;

    private string Parameter(ColumnType type, object? value)
    {
        if (value is null)
        {
            return "NULL";
        }

        if (type.List is not null)
        {
            return Bind(type.Encode(value)!, "TEXT");
        }

        var encoded = Encoded(type.Scalar, value);
        return Bind(encoded is byte[] instant && type.Scalar.IsInstant ? instant[..ScalarType.InstantBytes] : encoded, type.Scalar.Storage);
    }

    // The value as SQLite keeps the column's: C# compares a short with an int, an int with a double, and so on.
    private static object Encoded(ScalarType type, object value)
    {
        if (value.GetType() == type.Type)
        {
            return type.Encode(value);
        }

        return value switch
        {
            float or double or decimal when type.IsInteger =>
                Whole(Convert.ToDouble(value, null)) is { } whole ? whole : Convert.ToDouble(value, null),
            ulong number when type.IsInteger && number > long.MaxValue => (double)number,
            IConvertible when type.IsInteger => Convert.ToInt64(value, null),
            IConvertible when type.Storage == "REAL" => Convert.ToDouble(value, null),
            IConvertible when type.Type == typeof(decimal) || type.Type == typeof(ulong) =>
                type.Encode(Convert.ChangeType(value, type.Type, null)),
            _ =>
                throw new InvalidCastException(
                    $"A filter compares a property of type '{type.Type.Name}' with a value of type '{value.GetType().Name}'."),
        };
    }

    // Whole numbers of 53 bits are compared as such.
    private static long? Whole(double number) => Math.Floor(number) == number && Math.Abs(number) < 1L << 53 ? (long)number : null;

    private string Bind(object value, string storage)
    {
        _values.Add(value);
        return storage == "TEXT" ? $"CAST($f{_values.Count - 1} AS TEXT)" : $"$f{_values.Count - 1}";
    }

    private static NotSupportedException Unsupported(Expression expression) => new(
        $"A filter holds '{expression}', which has no translation. Filters compare properties with values (==, !=, <, <=, >, >=), combine "
        + "conditions (&&, ||, !), and ask Contains, Any, StartsWith, EndsWith, IsNullOrEmpty, Equals and HasValue.");

    private sealed class ParameterSearch : ExpressionVisitor
    {
        private bool _found;

        public bool IsIn(Expression expression)
        {
            Visit(expression);
            return _found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _found = true;
            return node;
        }
    }
}
